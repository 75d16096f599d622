/** Which index each package of `sources` comes from, as the one form the resolver takes: a project that requires it so. */
import { isPyproject } from '@nx-ci-cache/config';
import type { CellFacts } from '@nx-ci-cache/records';
import { stringify, type TomlTable } from 'smol-toml';
import { packagesOf } from '../indexes/facts';
import { parseRequirement } from '../requirements/requirement';
import { parseToml, stringsIn, tableIn } from '../requirements/toml';

type Sourced = Pick<CellFacts, 'requirements' | 'wheels' | 'sources' | 'indexes'>;

export const sourcesProject = (facts: Sourced): string => {
  const { sources = {}, indexes = [] } = facts;
  return stringify({
    project: { name: 'ci-cache-sources', version: '0', dependencies: sourcedRequirements(facts) },
    tool: {
      uv: {
        sources: Object.fromEntries(Object.entries(sources).map(([name, index]) => [name, { index }])),
        index: indexes
          .filter((index) => packagesOf(index, sources))
          .map(({ name, url }) => ({ name, url, explicit: true })),
      },
    },
  });
};

/** What the mode itself requires of those packages, as it is written there; it binds them for whoever else requires them. */
export const sourcedRequirements = ({ requirements, wheels = [], sources = {} }: Sourced): string[] => {
  const written = [...requirements.flatMap(({ path, text }) => requirementsIn(path, text)), ...wheels.flatMap(ofWheel)];
  return [...new Set(written)].filter((each) => {
    const name = parseRequirement(each)?.name;
    return name !== undefined && sources[name] !== undefined;
  });
};

const requirementsIn = (path: string, text: string): readonly string[] => {
  if (!isPyproject(path))
    return text.split('\n').map((line) =>
      line
        .replace(/(?:^|\s)#.*$/, '')
        .replace(/\s--hash[=\s].*$/, '')
        .trim(),
    );
  const toml = parseToml(text);
  const project = tableIn(toml, 'project') ?? {};
  const listsOf = (table: TomlTable | undefined) => Object.values(table ?? {});
  const lists = [
    project['dependencies'],
    ...listsOf(tableIn(project, 'optional-dependencies')),
    ...listsOf(tableIn(toml, 'dependency-groups')),
  ];
  return lists.flatMap(stringsIn);
};

/** Of an extra only what is asked for stands there. */
const ofWheel = ({ metadata }: { readonly metadata: string }): readonly string[] =>
  metadata
    .split('\n')
    .flatMap((line) => /^Requires-Dist: (.*)$/.exec(line)?.[1] ?? [])
    .map((each) => each.replace(/\s*(?:;|\band)\s*extra == ["'][^"']*["']\s*$/, ''));
