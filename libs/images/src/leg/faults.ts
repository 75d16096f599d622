/** What is wrong with the images of a run, all of it at once, from names in the commit: no registry is asked and nothing built. */
import { closeMatches, type LegSpec } from '@nx-ci-cache/config';
import { askedOnce, CiCacheError } from '@nx-ci-cache/process';
import { lackingPaths, type Lacking } from '../context/lacking';
import type { Source } from '../context/source';
import { committedDockerfile, readSourceContext } from '../context/source-context';
import { dockerfileFaults } from '../dockerfile/faults';
import { dockerfileInvalid } from '../dockerfile/invalid';
import { ownContext, type TakenPath } from '../dockerfile/taken-paths';
import { missingFiles } from './host-files';

export interface LookedAt {
  /** Whether secrets and keys must be there: what builds nothing needs none. */
  readonly needsFiles: (spec: LegSpec) => boolean;
}

/** @throws CiCacheError `OptionInvalid` that names each fault with its place and what is allowed there. */
export const refuseFaults = async (source: Source, specs: readonly LegSpec[], looked: LookedAt): Promise<void> => {
  const read = askedOnce<string>();
  const each = await Promise.all(specs.map((spec) => faultsOf(source, spec, looked, read)));
  const faults = [...new Map(each.flat().map((fault) => [fault.message, fault])).values()];
  const [first] = faults;
  if (first === undefined) return;
  if (faults.length === 1 || faults.some((fault) => !(fault instanceof CiCacheError))) throw first;
  throw new CiCacheError('OptionInvalid', `${faults.length} faults of images\n${faults.map(listed).join('\n')}`, {
    remedy: 'Correct each of them.',
    data: { faults: faults.map(({ message }) => message) },
  });
};

const listed = (fault: Error): string => `  ${fault.message}\n    → ${(fault as CiCacheError).remedy}`;

const faultsOf = async (
  source: Source,
  spec: LegSpec,
  { needsFiles }: LookedAt,
  read: (key: string, ask: () => Promise<string>) => Promise<string>,
): Promise<readonly Error[]> => {
  const { dockerfile } = spec;
  const absent = needsFiles(spec) ? await missingFiles(spec) : [];
  try {
    const text = await read(dockerfile, async () => (await committedDockerfile(source, spec)).text);
    const { faults, taken } = dockerfileFaults(dockerfile, text, spec);
    // Only a look at the whole context tells whether there is a .git to give.
    if (spec.gitDir)
      await read(`${spec.context} for ${dockerfile}`, async () => (await readSourceContext(source, spec)).digest);
    return [...faults, ...(await lackingOf(source, spec, taken)), ...absent];
  } catch (error) {
    return [error as Error, ...absent];
  }
};

const lackingOf = async (source: Source, spec: LegSpec, taken: readonly TakenPath[]): Promise<readonly Error[]> => {
  const { dockerfile, context, contexts, constraintFiles, gitDir = false } = spec;
  const folders: readonly [string, string][] = [[ownContext, context], ...Object.entries(contexts)];
  const lacking = folders.map(async ([name, folder]) => {
    const paths = taken.flatMap((each) => (each.context === name && each.path !== undefined ? [each.path] : []));
    const own = name === ownContext ? { dockerfile } : {};
    const asked = paths.filter((path) => name !== ownContext || !gitDir || !isOfGit(path));
    return (await lackingPaths(source, { folder, paths: asked, ...own })).map((each) => ({ name, folder, ...each }));
  });
  const faults = (await Promise.all(lacking))
    .flat()
    .flatMap(({ name, folder, path, ignoredBy }) =>
      taken
        .filter((each) => each.context === name && each.path === path)
        .map((each) => notThere(spec, each, folder, { path, ...(ignoredBy === undefined ? {} : { ignoredBy }) })),
    );
  const unmade = taken.filter(
    ({ context: name, path }) => name === 'constraints' && path && !(path in constraintFiles),
  );
  return [...faults, ...unmade.map((each) => notMade(spec, each))];
};

const isOfGit = (path: string): boolean => path === '.git' || path.startsWith('.git/');

const notThere = (
  { dockerfile, image }: LegSpec,
  { context, instruction: { line, keyword, value } }: TakenPath,
  folder: string,
  { path, ignoredBy }: Lacking,
) =>
  dockerfileInvalid(
    { file: dockerfile, line },
    `${keyword} ${value}: ${path} is not in the context ${folder}`,
    context === ownContext && isOfGit(path)
      ? `Set images.${image}.gitDir to true in ci-cache.json: every commit is a build of this image then.`
      : ignoredBy === undefined
        ? `Commit ${path} under ${folder}, or correct the path.`
        : `Let ${ignoredBy} keep ${path}.`,
    { path },
  );

const notMade = (
  { dockerfile, constraintFiles }: LegSpec,
  { instruction: { line, keyword, value }, path = '' }: TakenPath,
) => {
  const names = Object.keys(constraintFiles);
  const near = closeMatches(path, names);
  const files = near.length > 0 ? `did you mean ${near.join(' or ')}?` : `they are ${names.join(', ')}.`;
  return dockerfileInvalid(
    { file: dockerfile, line },
    `${keyword} ${value}: ${path} is none of the constraint files of this Python`,
    `Correct the name: ${files}`,
    { path },
  );
};
