/** Git for everything that is published: where it goes, what is there, and a push that is judged by what the remote holds. */
export { branchFor, checkBranch } from './branch';
export { readCommitFiles, type CommitFiles } from './commit-files';
export { detectSource, type DetectedSource } from './source';
export { publishFiles } from './publish';
export { observeBranch } from './refs';
export { checkRemote } from './remote';
export { remoteUrl } from './remote-url';
export type { RemoteAccess } from './repository';
export type { PublishOutcome, PublishRequest, PublishStep } from './request';
export { sourceOf, type Source, type Trailers } from './trailers';
