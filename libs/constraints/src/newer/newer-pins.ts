/** What the index says of the pins of a published file by now: whether a resolution would take something newer stays open. */
import { compare, satisfies, validRange } from '@renovatebot/pep440';
import { askedOnce } from '@nx-ci-cache/process';
import type { CellFacts } from '@nx-ci-cache/records';
import { releaseOn } from '../compare/release-page';
import type { Pins } from '../file/pins';
import { isUsable } from '../held/known';
import { filesOn } from '../indexes/files';
import { connected, type IndexPage, type PageReader } from '../indexes/page';
import { readProject } from '../indexes/project-pages';
import { newestStable, releasesOn } from '../indexes/releases';
import { boundsIn } from '../requirements/bounds';

export interface PinNews {
  readonly name: string;
  readonly pinned: string;
  /** Newest stable release that the cell can have, when it is newer than the pin. */
  readonly newest?: string;
  /** Newest of those that came since and that the bounds of its own requirements admit; absent when none came. */
  readonly since?: string;
  readonly yanked?: true;
  /** Why nothing is known. */
  readonly unknown?: string;
}

export type Pages = (name: string, facts: CellFacts) => Promise<readonly IndexPage[] | string>;

const oneMinute = 60_000;

/** The page of each project, asked once for all cells of a run, which have the same indexes; a slow one is no longer waited for. */
export const pagesOnce = (given: PageReader, timeoutMs = oneMinute): Pages => {
  const reader = connected(given);
  const asked = askedOnce<readonly IndexPage[] | string>();
  const late = new Promise<string>((resolve) => {
    setTimeout(resolve, timeoutMs, `the index did not answer within ${timeoutMs / 1000} s`).unref();
  });
  return (name, facts) => asked(name, () => Promise.race([readProject(name, facts, reader), late]));
};

/**
 * @param facts of the cell at the newest cut-off.
 * @param since cut-off of the file.
 */
export const newsOfPins = (pins: Pins, facts: CellFacts, since: string, pages: Pages): Promise<readonly PinNews[]> =>
  Promise.all(
    [...pins].map(async ([name, pinned]) => newsOf({ name, pinned }, facts, since, await pages(name, facts))),
  );

const newsOf = (
  pin: Pick<PinNews, 'name' | 'pinned'>,
  facts: CellFacts,
  since: string,
  read: readonly IndexPage[] | string,
): PinNews => {
  const { name, pinned } = pin;
  const listed = typeof read === 'string' ? [] : read.flatMap((page) => filesOn(page) ?? []);
  const release = releaseOn(read, { version: pinned }, facts.cutoff);
  if (listed.length === 0 || typeof read === 'string')
    return { ...pin, unknown: release.unknown ?? 'the index lists no file' };
  const usable = (at: CellFacts) => releasesOn(name, listed, at).filter((each) => isUsable(name, each, at));
  const specifiers = boundsWithin(name, pinned, facts);
  const admitted = (at: CellFacts) =>
    newestStable(usable(at).filter(({ version }) => specifiers.every((each) => satisfies(version, each))))?.version;
  const newest = newestStable(usable(facts))?.version;
  const [before, now] = [admitted({ ...facts, cutoff: since }), admitted(facts)];
  const hasCome = now !== undefined && compare(now, pinned) > 0 && (before === undefined || compare(now, before) > 0);
  return {
    ...pin,
    ...(newest !== undefined && compare(newest, pinned) > 0 ? { newest } : {}),
    ...(hasCome ? { since: now } : {}),
    ...(release.yanked === undefined ? {} : { yanked: true }),
  };
};

/** A bound that the pin itself is outside of holds for another Python or platform. */
const boundsWithin = (name: string, pinned: string, facts: CellFacts): string[] => {
  const texts = [...facts.requirements, ...(facts.constraints ?? [])].map(({ text }) => text);
  const bounds = [...texts, ...(facts.limits ?? []).map(({ bound }) => bound)].flatMap((text) => boundsIn(text, name));
  return bounds
    .map((bound) => /[<>=!~].*$/.exec(bound.replace(/\[[^\]]*\]/, ''))?.[0].replace(/\)\s*$/, '') ?? '')
    .filter((range) => validRange(range) && satisfies(pinned, range));
};
