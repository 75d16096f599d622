export { CiCacheError, messageOf, type CiCacheErrorCode } from './errors';
export { mapConcurrently } from './concurrent';
export { canonicalJson, digestOf } from './digest';
export { childEnvironment, type Environment } from './environment';
export { readJson, readTextIfPresent, removeFile, writeFileAtomic, writeJson } from './files';
export { harmless, harmlessLine, harmlessText, invisible } from './harmless';
export { credentialsIn, redact } from './redact';
export { retryDelay, withRetry, type RetryPolicy } from './retry';
export { run, runForBytes, type Command, type CommandResult, type RunOptions } from './run';
