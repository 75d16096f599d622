/** The one way to git: isolated from user and machine, in time, and never with a shorter answer than git gave. */
export { checkout, type Checkout, type Reader } from './checkout/checkout';
export { editedPaths, filesOf } from './checkout/files';
export { followed, type Followed } from './checkout/follow';
export { configOf, headOf, headRefOf, isShallow, remotesOf, rootOf } from './checkout/head';
export { contentOf, eachObject, textOf, type GitObject } from './checkout/objects';
export { entriesAt, treeOf, type TreeEntry } from './checkout/tree';
export { answerOf, brokenOff } from './command/answer';
export { steadyNow } from './command/clock';
export { failureKind, isNotOffered, isTransient, type FailureKind } from './command/failures';
export type { GitResult, LocalGit } from './command/git';
export type { Deadline } from './command/limits';
export { isAncestor, relationOf, type Relation } from './history/relation';
export { checkOid, isOid, printedOids } from './oid';
export { depths, fetchArgs, fetchHistoryArgs, target } from './repository/argv';
export { withRepository, type RemoteAccess, type Repository } from './repository/repository';
export { isKeyFile, keyFileForm } from './transport/key-file';
export { protocolOf } from './transport/protocol';
export { sshCommand, type SshFiles } from './transport/ssh';
