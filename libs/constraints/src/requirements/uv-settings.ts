/** What `[tool.uv]` of a project's workspace says of every resolution in it: bounds are taken, the rest is told, nothing is dropped in silence. */
import { invalid, normaliseName } from '@nx-ci-cache/config';
import type { TextFact } from '@nx-ci-cache/records';
import type { TomlTable } from 'smol-toml';
import type { Project } from './project';
import { checkRequirement } from './requirement';
import { stringsIn, tableAt } from './toml';

export interface UvSettings {
  readonly constraints: readonly TextFact[];
  readonly overrides: readonly TextFact[];
  readonly buildConstraints: readonly TextFact[];
  readonly excludes: readonly string[];
  /** What is not followed, each with the key that takes its place. */
  readonly notes: readonly string[];
}

/** @throws CiCacheError `OptionInvalid` for a bound of no released package, and for a workspace that is not for Linux. */
export const uvSettings = (root: Project): UvSettings => {
  const { file, toml } = root;
  const uv = tableAt(toml, 'tool', 'uv') ?? {};
  const listed = (key: string): readonly string[] => {
    const lines = stringsIn(uv[key]);
    for (const line of lines) checkRequirement(line, { file, key: `tool.uv.${key}` });
    return lines;
  };
  const texts = (key: string): readonly TextFact[] => {
    const lines = listed(key);
    return lines.length === 0 ? [] : [{ path: `tool.uv.${key} of ${file}`, text: `${lines.join('\n')}\n` }];
  };
  refuseOtherSystems(uv, file);
  return {
    constraints: texts('constraint-dependencies'),
    overrides: texts('override-dependencies'),
    buildConstraints: texts('build-constraint-dependencies'),
    excludes: listed('exclude-dependencies'),
    notes: Object.entries(instead).flatMap(([key, says]) =>
      key in uv ? [`${file}: tool.uv.${key} is not followed: ${says}`] : [],
    ),
  };
};

/**
 * Sources of a project that lead elsewhere than to the workspace: a constraint file holds releases alone.
 * @param taken names that the configuration has an index for.
 */
export const strangeSources = ({ file, toml }: Project, taken: readonly string[]): readonly string[] =>
  Object.entries(tableAt(toml, 'tool', 'uv', 'sources') ?? {}).flatMap(([name, value]) => {
    const keys = (Array.isArray(value) ? value : [value]).flatMap((each) => Object.keys(each));
    const note = `${file}: tool.uv.sources.${name} is not followed`;
    if (keys.some((key) => ['git', 'url'].includes(key))) return [`${note}: its releases are taken`];
    return keys.includes('index') && !taken.includes(normaliseName(name))
      ? [`${note}: "sources" of "index" takes its place`]
      : [];
  });

const instead: Readonly<Record<string, string>> = {
  'exclude-newer': '"settle" of "index" says how old a release must be',
  'exclude-newer-package': '"cutoffExempt" of the mode takes its place',
  index: '"url" and "indexes" of "index" take its place',
  'index-url': '"url" of "index" takes its place',
  'extra-index-url': '"indexes" of "index" takes its place',
  'find-links': '"findLinks" of the mode takes its place',
  'no-binary-package': '"allowSdist" of the mode takes its place',
  'no-build-isolation-package': 'what is built is built in isolation',
  'dependency-metadata': 'metadata comes from the index',
  prerelease: '"prerelease" of the mode takes its place',
  resolution: '"resolution" of the mode takes its place',
};

/** A cell is for Linux: where each environment rules that out, uv itself would resolve nothing for it. */
const refuseOtherSystems = ({ environments }: TomlTable, file: string): void => {
  const all = stringsIn(environments);
  if (all.length === 0 || !all.every((marker) => ofOtherSystem.test(marker))) return;
  throw invalid({ file, key: 'tool.uv.environments' }, all, 'an environment that admits Linux, which a cell is for');
};

const ofOtherSystem =
  /^(?!.*\bor\b).*(?:\bsys_platform\s*==\s*["'](?!linux)|\bplatform_system\s*==\s*["'](?!Linux)|\bos_name\s*==\s*["'](?!posix)|\b(?:sys_platform|platform_system)\s*!=\s*["'][Ll]inux)/s;
