/** Git for everything that is published: where it goes, what is there, and a push that is judged by what the remote holds. */
export { branchFor, checkBranch } from './remote/branch';
export { checkPublished, wrongLines } from './content/content';
export { readCommitFiles, type CommitFiles } from './observation/commit-files';
export { ciName, ciRef, ciRunUrl } from './source/ci-environment';
export { detectSource, type DetectedSource } from './source/source';
export { originOf, relating } from './history/relate';
export { publishFiles } from './push/publish';
export { tryPush } from './push/try-push';
export { observeBranch, observeSourceBranch } from './observation/refs';
export { checkRemote } from './remote/remote';
export { checkKeyFile } from './remote/key-file';
export { remoteUrl } from './source/remote-url';
export type { PublishOutcome, PublishRequest, PublishStep } from './push/request';
export { checkTag } from './remote/tag';
export { namesSources, sourceOf, type Source, type Trailers } from './content/trailers';
