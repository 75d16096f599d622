/** One error class for everything that ends a step, so that each message says what happened and what to do next. */

export type CiCacheErrorCode =
  'OptionInvalid' | 'CommandFailed' | 'ResolveFailed' | 'PushRefused' | 'BuilderUnfit' | 'RegistryFailed';

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
