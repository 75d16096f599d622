/** One error class for what ends a stack command, so that each message also says what to do next. */

export class StackError extends Error {
  override readonly name = 'StackError';

  constructor(
    message: string,
    readonly remedy: string,
    options?: ErrorOptions,
  ) {
    super(`${message}\n  → ${remedy}`, options);
  }
}

/** Wrong words on the command line; its exit code differs from that of a failure. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
