/** One error class for everything that ends a step, so that each message says what happened and what to do next. */

/** Kinds of errors, each with what went wrong: the generated reference shows these words. */
export type CiCacheErrorCode =
  /** A key, an option, a flag, a variable, or a file that a step reads, is missing or not as it must be. */
  | 'OptionInvalid'
  /** A command that a step runs failed, such as git, a build or a freeze. */
  | 'CommandFailed'
  /** Constraints could not be resolved, or an index could not be asked. */
  | 'ResolveFailed'
  /** What was to be pushed must not be, or the server does not take it. */
  | 'PushRefused'
  /** buildx, the builder or one of its nodes cannot build what is asked of it. */
  | 'BuilderUnfit'
  /** A registry did not answer, refused, or does not hold what it must. */
  | 'RegistryFailed';

export interface CiCacheErrorDetails {
  /** What a person does next, as one imperative sentence. */
  readonly remedy: string;
  /** Facts for machines; already free of secrets. */
  readonly data?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

export class CiCacheError extends Error {
  override readonly name = 'CiCacheError';
  readonly remedy: string;
  readonly data: Readonly<Record<string, unknown>>;

  constructor(
    readonly code: CiCacheErrorCode,
    message: string,
    { remedy, data = {}, cause }: CiCacheErrorDetails,
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.remedy = remedy;
    this.data = data;
  }
}

/** The text a person sees: what failed, then what to do. An unknown error keeps its own words. */
export const messageOf = (error: unknown): string => {
  if (error instanceof CiCacheError) return `${error.code}: ${error.message}\n  → ${error.remedy}`;
  return error instanceof Error ? error.message : String(error);
};
