/** The arguments that hand a cell's facts to the resolver: what is not in its files or its configuration. */
import type { CellFacts, RequirementFact } from '@nx-ci-cache/records';
import { boundsName, excludesName, inputName, limitsName, sourcesName } from './names';

export const inputArguments = (facts: CellFacts): readonly string[] => [
  ...facts.requirements.flatMap((each, at) => (givesGroupsOnly(each) ? [] : [inputName(at, each.path)])),
  ...(facts.sources === undefined ? [] : [sourcesName]),
  ...facts.requirements.flatMap(({ extras = [] }) => extras.flatMap((extra) => ['--extra', extra])),
  ...facts.requirements.flatMap(({ path, groups = [] }, at) =>
    groups.flatMap((group) => ['--group', `${inputName(at, path)}:${group}`]),
  ),
  ...(facts.constraints ?? []).flatMap((_each, at) => ['--constraints', boundsName('constraints', at)]),
  ...(facts.limits === undefined ? [] : ['--constraints', limitsName]),
  ...(facts.overrides ?? []).flatMap((_each, at) => ['--overrides', boundsName('overrides', at)]),
  ...(facts.excludes === undefined ? [] : ['--excludes', excludesName]),
  ...(facts.buildConstraints ?? []).flatMap((_each, at) => [
    '--build-constraints',
    boundsName('build-constraints', at),
  ]),
];

/** Without a project table, as at the root of a workspace, the resolver would build the folder to learn what it requires. */
const givesGroupsOnly = ({ groups = [], text }: RequirementFact): boolean =>
  groups.length > 0 && !/^\[project[\].]/m.test(text);

/** Building runs code of the package: wheels only, but for what is allowed by name, or by the word for all. */
export const buildArguments = ({ allowSdist }: CellFacts): readonly string[] =>
  allowSdist === 'all' ? [] : ['--only-binary', ':all:', ...allowSdist.flatMap((name) => ['--no-binary', name])];

export const choiceArguments = (facts: CellFacts): readonly string[] => [
  ...(facts.resolution === undefined ? [] : ['--resolution', facts.resolution]),
  ...(facts.prerelease === undefined ? [] : ['--prerelease', facts.prerelease]),
  ...Object.entries(facts.prereleasePackages ?? {}).flatMap(([name, rule]) => [
    '--prerelease-package',
    `${name}=${rule}`,
  ]),
  ...Object.entries(facts.exempt ?? {}).flatMap(([name, until]) => [
    '--exclude-newer-package',
    `${name}=${until}`,
    // A page kept from before the newest release would hide it.
    '--refresh-package',
    name,
  ]),
];
