/** Reads exactly one ref: `ls-remote x` also lists `y/x`, and a remote that does not answer must never look empty. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { withRepository, type RemoteAccess, type Repository } from '@nx-ci-cache/git';
import { CiCacheError, harmlessLine, readTextIfPresent } from '@nx-ci-cache/process';
import { lsRemoteArgs } from '../git/argv';
import { checkBranch, refOf } from '../remote/branch';
import { checkTag, tagRefOf } from '../remote/tag';

export interface RefState {
  /** Full object id of the branch's tip, null when the branch does not exist. */
  readonly tip: string | null;
  /** Full ref HEAD stands for, e.g. `refs/heads/main`, also when no such branch exists yet. */
  readonly defaultRef?: string;
  /** Full ref the branch itself stands for: a symbolic ref on the server, a push to it moves that one. */
  readonly standsFor?: string;
  /** Whether the server hands out any object by its id; git's first protocol knows only what a ref names. */
  readonly byId: boolean;
}

/** Tip of `branch` on the remote, null when there is no such branch. @throws CiCacheError `CommandFailed` when unreachable. */
export const observeBranch = (
  url: string,
  branch: string,
  access: Omit<RemoteAccess, 'url'> = {},
): Promise<string | null> =>
  withRepository({ ...access, url }, async (repository) => (await readRef(repository, branch)).tip);

/** The same of a branch of sources, whose name is any that git takes. */
export const observeSourceBranch = (
  url: string,
  branch: string,
  access: Omit<RemoteAccess, 'url'> = {},
): Promise<string | null> =>
  withRepository({ ...access, url }, async (repository) => {
    const ref = refOf(branch);
    return parseRefs((await listRefs(repository, ref)).stdout, ref).tip;
  });

export const readRef = async (repository: Repository, branch: string): Promise<RefState> => {
  const ref = refOf(checkBranch(branch));
  const { stdout, packets } = await listRefs(repository, ref);
  return { ...unbornHead(packets), ...parseRefs(stdout, ref), byId: /< version 2$/m.test(packets) };
};

/** Full object id of the commit a tag names, null when there is no such tag. */
export const readTag = async (repository: Repository, tag: string): Promise<string | null> => {
  const ref = tagRefOf(checkTag(tag));
  const peeled = `${ref}^{}`;
  const { stdout } = await listRefs(repository, ref, peeled);
  return parseRefs(stdout, peeled).tip ?? parseRefs(stdout, ref).tip;
};

/**
 * A log-in page looks to git like an old server of plain files that has no refs, and `ls-remote` exits with 0. Git's own
 * trace of packets tells them apart: without one no git server has spoken.
 */
const listRefs = async (repository: Repository, ...refs: readonly string[]) => {
  const trace = join(repository.folder, `packets-${randomUUID()}`);
  const stdout = await repository.ask(lsRemoteArgs(...refs), { GIT_TRACE_PACKET: trace });
  const packets = (await readTextIfPresent(trace)) ?? '';
  if (packets === '') throw notGit(stdout);
  checkObjectFormat(packets);
  return { stdout, packets };
};

/** An empty remote lists nothing, so that only the push would fail. @throws CiCacheError `PushRefused` for SHA-256 */
export const checkObjectFormat = (packets: string): void => {
  if (!/< (?:.*\s)?object-format=sha256(?:\s|$)/m.test(packets)) return;
  throw new CiCacheError('PushRefused', 'the remote is a repository of SHA-256 objects, which cannot be published to', {
    remedy: 'Name a SHA-1 repository in push.remote, which is what git init makes by default.',
  });
};

/** The first push makes the branch a server's HEAD stands for; `ls-remote` hears of it and does not print it. */
export const unbornHead = (packets: string): Pick<RefState, 'defaultRef'> => {
  const defaultRef = /< unborn HEAD symref-target:(\S+)$/m.exec(packets)?.[1];
  return defaultRef === undefined ? {} : { defaultRef };
};

const line = /^(?:ref: (?<target>\S+)|(?<oid>[0-9a-f]{40}))\t(?<name>.+)$/;

/** @throws CiCacheError `CommandFailed` for an answer that is not git's, such as a log-in page. */
export const parseRefs = (stdout: string, ref: string): Omit<RefState, 'byId'> => {
  let tip: string | null = null;
  const symbolic = new Map<string, string>();
  for (const text of stdout.split('\n').filter((part) => part !== '')) {
    const { target, oid, name } = line.exec(text)?.groups ?? {};
    if (name === undefined) throw notGit(text);
    if (name === ref && oid !== undefined) tip = oid;
    if (target !== undefined) symbolic.set(name, target);
  }
  const defaultRef = symbolic.get('HEAD');
  const standsFor = symbolic.get(ref);
  return {
    tip,
    ...(defaultRef === undefined ? {} : { defaultRef }),
    ...(standsFor === undefined ? {} : { standsFor }),
  };
};

const notGit = (answer: string) =>
  new CiCacheError(
    'CommandFailed',
    `the remote does not answer as git: ${JSON.stringify(harmlessLine(answer.slice(0, 200)))}`,
    {
      remedy: 'Check the URL: what answers there is no git server, perhaps a log-in page.',
    },
  );
