/** Two projects that write one file to one branch, one reference, or one builder, would undo each other for ever: found before anything runs. */
import { cellsOf, type Config, constraintFile } from '@nx-ci-cache/records';
import { canonicalJson } from '@nx-ci-cache/process';
import { invalid } from './invalid';
import { mayShareReferences, sharedReference } from './references-apart';

/**
 * The fault of each project that writes what another one, earlier in `configs`, writes too; by the project's folder.
 * Remotes are compared as they are written: two spellings of one remote are not seen through.
 */
export const sharedOutputs = (configs: readonly Config[]): ReadonlyMap<string, Error> => {
  const outputs = configs.map((config): Outputs => ({ config, files: new Set(cellsOf(config).map(constraintFile)) }));
  const mayShare = mayShareReferences(configs);
  const faults = new Map<string, Error>();
  for (const [at, ours] of outputs.entries()) {
    for (const theirs of outputs.slice(0, at)) {
      const { config } = ours;
      if (faults.has(config.projectRoot)) break;
      const fault =
        sharedFile(ours, theirs) ??
        sharedBuilder(config, theirs.config) ??
        (mayShare(config, theirs.config) ? sharedReference(config, theirs.config) : undefined);
      if (fault !== undefined) faults.set(config.projectRoot, fault);
    }
  }
  return faults;
};

interface Outputs {
  readonly config: Config;
  /** Names of the files it generates. */
  readonly files: ReadonlySet<string>;
}

const sharedFile = (ours: Outputs, theirs: Outputs): Error | undefined => {
  const [{ config }, { config: other }] = [ours, theirs];
  if (config.push.remote !== other.push.remote) return undefined;
  const branch = config.push.branches.find(({ to }) => other.push.branches.some((rule) => mayMeet(to, rule.to)));
  if (branch === undefined) return undefined;
  // That both remove one file is no clash: it is gone either way.
  const file =
    [...ours.files].find((name) => theirs.files.has(name) || other.push.remove.includes(name)) ??
    config.push.remove.find((name) => theirs.files.has(name));
  if (file === undefined) return undefined;
  return invalid(
    { file: config.file, key: 'push.branches' },
    branch.to,
    `a branch, or names of modes, that ${other.file} does not use: both write ${file} there`,
    `Rename a mode, or give one of both projects a branch of its own.`,
  );
};

/** Each would make the builder of that name anew, under the builds of the other. */
const sharedBuilder = ({ file, builder }: Config, other: Config): Error | undefined => {
  if (builder.name === undefined || builder.name !== other.builder.name) return undefined;
  const [ours, theirs] = [builder, other.builder].map(({ driver, nodes }) => canonicalJson({ driver, nodes }));
  if (ours === theirs) return undefined;
  return invalid(
    { file, key: 'builder.name' },
    builder.name,
    `a name that ${other.file} does not give to other nodes`,
    'Give one of both projects another name, or none: then it holds a digest of its nodes.',
  );
};

/** Whether two branch names can be the same once each `$1` stands for some text. */
export const mayMeet = (left: string, right: string): boolean =>
  left === right ||
  ((left.includes('$') || right.includes('$')) && meet(left.split(/(?:\$\d)+/), right.split(/(?:\$\d)+/)));

const meet = (left: readonly string[], right: readonly string[]): boolean => {
  if (left.length === 1 && right.length === 1) return left[0] === right[0];
  if (left.length === 1) return pattern(right).test(left[0] ?? '');
  if (right.length === 1) return pattern(left).test(right[0] ?? '');
  const both = (ends: readonly [string, string]) => ends[0].startsWith(ends[1]) || ends[1].startsWith(ends[0]);
  const reversed = (text = '') => [...text].reverse().join('');
  return both([left[0] ?? '', right[0] ?? '']) && both([reversed(left.at(-1)), reversed(right.at(-1))]);
};

const pattern = (parts: readonly string[]): RegExp =>
  new RegExp(`^${parts.map((part) => part.replace(/[.$]/g, '\\$&')).join('.*')}$`);
