/** What a resolver of unknown words may no longer say is asked of the indexes by ourselves: never silence. */
import { mapConcurrently } from '@nx-ci-cache/process';
import type { CellFacts, IndexFact } from '@nx-ci-cache/records';
import { filesOn } from '../indexes/files';
import { indexesFor } from '../indexes/facts';
import { readPage, type PageReader } from '../indexes/page';
import { extrasIn, givesSomething } from './missing-extras';
import { normaliseName, type Pins } from '../file/pins';
import { isProven, unprovenWarning } from '../resolver/phrases';
import { refuseUndated } from './undated';

const atOnce = 8;

/**
 * Warnings of a cell whose resolver is newer than its proven words; none for any other.
 * @param found everything the cell resolved to.
 * @throws CiCacheError `ResolveFailed` for a page that an index refuses, and for files without upload time.
 */
export const askInstead = async (
  facts: CellFacts,
  found: Pins,
  reader: PageReader,
  signal?: AbortSignal,
): Promise<readonly string[]> => {
  const said = unprovenWarning(facts.resolver);
  if (said === undefined) return [];
  await askPages(namesAsked(facts, found), facts, reader);
  return [said, ...(await emptyExtras(facts, found, signal))];
};

/** Before a failure is explained: a refused page of a required package looks like a package that does not exist. */
export const askBeforeUnsolved = async (facts: CellFacts, reader: PageReader): Promise<void> => {
  if (!isProven(facts.resolver)) await askPages(namesAsked(facts, new Map()), facts, reader);
};

const namesAsked = ({ requirements }: CellFacts, found: Pins): string[] => [
  ...new Set([...found.keys(), ...requirements.flatMap(({ text }) => namesIn(text))]),
];

/** First words of requirement lines; in other texts they are names no index has, which costs a question and nothing else. */
const namesIn = (text: string): string[] =>
  [...text.matchAll(/^[ \t"']*([a-z0-9](?:[a-z0-9._-]*[a-z0-9])?)(?=\s*(?:[[<>=!~;,"'#]|$))/gim)].map(([, name = '']) =>
    normaliseName(name),
  );

/** Reading is the question: `readPage` throws for every answer but 200 and 404. */
const askPages = async (names: readonly string[], facts: CellFacts, reader: PageReader): Promise<void> => {
  const undated = await mapConcurrently(names, atOnce, async (name) => {
    const files: string[] = [];
    for (const index of indexesFor(name, facts)) {
      const page = await readPage(index, name, reader);
      if (page.found) files.push(...undatedOn(filesOn(page), index, name));
      if (page.found && facts.indexStrategy === undefined) break;
    }
    return files;
  });
  refuseUndated(facts, undated.flat());
};

/** A page that is no JSON has no times at all; an index with a fingerprint needs none. */
const undatedOn = (files: ReturnType<typeof filesOn>, { fingerprint }: IndexFact, name: string): string[] => {
  if (fingerprint !== undefined) return [];
  if (files === undefined) return [`every file of ${name}`];
  return files
    .filter((file) => typeof file['upload-time'] !== 'string')
    .flatMap(({ filename }) =>
      typeof filename === 'string' && /\.(whl|tar\.gz|zip)$/.test(filename) ? [filename] : [],
    );
};

/** One that adds nothing may be missing or empty, which the resolver alone could tell: said, and not refused. */
const emptyExtras = async (facts: CellFacts, found: Pins, signal?: AbortSignal): Promise<readonly string[]> => {
  const asked = [...facts.requirements, ...(facts.overrides ?? [])].flatMap(extrasIn);
  const warnings: string[] = [];
  for (const { path, name, extra } of asked) {
    const version = found.get(name);
    if (version === undefined || (await givesSomething({ name, version, extra }, facts, signal))) continue;
    warnings.push(`${path} asks for ${name}[${extra}], which adds nothing: ${name}==${version} may have no such extra`);
  }
  return warnings;
};
