/** Two projects that write one file to one branch, or one reference, would undo each other for ever: found before anything runs. */
import { cellsOf, type Config, constraintFile } from '@nx-ci-cache/records';
import { invalid } from './invalid';
import { sharedReference } from './references-apart';

/**
 * The fault of each project that writes what another one, earlier in `configs`, writes too; by the project's folder.
 * Remotes are compared as they are written: two spellings of one remote are not seen through.
 */
export const sharedOutputs = (configs: readonly Config[]): ReadonlyMap<string, Error> => {
  const faults = new Map<string, Error>();
  for (const [at, config] of configs.entries()) {
    for (const other of configs.slice(0, at)) {
      const fault = sharedFile(config, other) ?? sharedReference(config, other);
      if (fault !== undefined && !faults.has(config.projectRoot)) faults.set(config.projectRoot, fault);
    }
  }
  return faults;
};

const sharedFile = (config: Config, other: Config): Error | undefined => {
  if (config.push.remote !== other.push.remote) return undefined;
  const [ours, theirs] = [config, other].map((each) => cellsOf(each).map(constraintFile)) as [string[], string[]];
  // That both remove one file is no clash: it is gone either way.
  const file =
    ours.find((name) => theirs.includes(name) || other.push.remove.includes(name)) ??
    config.push.remove.find((name) => theirs.includes(name));
  const branch = config.push.branches.find(({ to }) => other.push.branches.some((rule) => mayMeet(to, rule.to)));
  if (file === undefined || branch === undefined) return undefined;
  return invalid(
    { file: config.file, key: 'push.branches' },
    branch.to,
    `a branch, or names of modes, that ${other.file} does not use: both write ${file} there`,
    `Rename a mode, or give one of both projects a branch of its own.`,
  );
};

/** Whether two branch names can be the same once each `$1` stands for some text. */
export const mayMeet = (left: string, right: string): boolean =>
  meet(left.split(/(?:\$\d)+/), right.split(/(?:\$\d)+/));

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
