/** Compares our source with that of each of our files on the branch; equal sources are compared once. */
import { relationOf, type Relation } from './ancestry';
import { remoteUrl } from './remote-url';
import type { PublishRequest } from './request';
import { judgeStale, type Staleness } from './stale';
import { sourceOf, type Trailers } from './trailers';

/** The worst verdict over all files: one file of a newer run makes the whole run superseded. */
export const staleness = async (request: PublishRequest, trailers: Trailers, endsAt: number): Promise<Staleness> => {
  const relations = new Map<string, Relation>();
  let worst: Staleness = { verdict: 'current' };
  for (const file of Object.keys(request.files)) {
    const published = sourceOf(trailers, file);
    if (published === undefined) continue;
    const relation = relations.get(published.commit) ?? (await relate(request, published.commit, endsAt));
    relations.set(published.commit, relation);
    const judged = judgeStale(file, request.source, published, relation);
    if (judged.verdict === 'superseded') return judged;
    if (worst.verdict === 'current') worst = judged;
  }
  return worst;
};

const relate = async (request: PublishRequest, theirs: string, endsAt: number): Promise<Relation> => {
  const { source, workspaceRoot, remote, environment, signal } = request;
  const urls = [...new Set([remote, ...(await originOf(workspaceRoot))])];
  const access = {
    endsAt,
    ...(environment === undefined ? {} : { environment }),
    ...(signal === undefined ? {} : { signal }),
  };
  return relationOf(
    source.commit,
    theirs,
    workspaceRoot,
    urls.map((url) => ({ url, ...access })),
  );
};

/** The sources' own remote, when it has a URL we would use: constraints may live in a repository of their own. */
const originOf = async (workspaceRoot: string): Promise<string[]> => {
  try {
    return [await remoteUrl(workspaceRoot, 'origin', { file: '.git/config', key: 'remote.origin.url' })];
  } catch {
    return [];
  }
};
