/**
 * The options of a project's snapshot target, as they were written: Nx takes `{workspaceRoot}/` off the ones it hands to an
 * executor, and a path of the workspace would be taken for one of the project.
 */
import { join, posix } from 'node:path';
import type { TargetConfiguration } from '@nx/devkit';
import { configKeys, flagOf, invalid, switchNames } from '@nx-ci-cache/config';
import { executorOf } from './plugin-name';
import { readJsonFile, readText, type ReadText } from './json-file';

const snapshotExecutor = executorOf('snapshot');

/** Whether a project, by its targets as Nx has merged them, is one of ours. */
export const isConfigured = (targets: Targets = {}): boolean =>
  Object.values(targets).some(({ executor }) => executor === snapshotExecutor);

type Targets = Readonly<Record<string, TargetConfiguration>>;

export interface WrittenOptions {
  /** Relative to the workspace. */
  readonly file: string;
  readonly target: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** @param root the project's folder relative to the workspace. */
export const snapshotOptions = (root: string, workspaceRoot: string, read = readText): WrittenOptions | undefined =>
  ['project.json', 'package.json']
    .map((name) => posix.join(root, name))
    .flatMap((file) => optionsIn(file, targetsIn(join(workspaceRoot, file), read)))[0];

const optionsIn = (file: string, targets: Targets): WrittenOptions[] =>
  Object.entries(targets).flatMap(([target, configuration]) => {
    const values = configuration.options as WrittenOptions['values'] | undefined;
    return isSnapshot(configuration) && values !== undefined && Object.keys(values).length > 0
      ? [{ file, target, values }]
      : [];
  });

/** One without executor of its own adds to the one that inference gives, under whatever name: its keys tell it. */
const isSnapshot = ({ executor, command, options = {} }: TargetConfiguration): boolean =>
  executor === undefined && command === undefined
    ? Object.keys(options as object).some((key) => configKeys.includes(key))
    : executor === snapshotExecutor;

const targetsIn = (file: string, read: ReadText): Targets => {
  const json = readJsonFile<{ targets?: Targets; nx?: { targets?: Targets } }>(file, read);
  return (file.endsWith('package.json') ? json?.nx?.targets : json?.targets) ?? {};
};

/**
 * What Nx adds to them from elsewhere would hold for this one target, and the others would be inferred without it.
 * @param handed the options of the target as Nx has merged them. @throws CiCacheError `OptionInvalid` naming the first key.
 */
export const refuseOtherOptions = (handed: object, root: string, workspaceRoot: string): void => {
  const { values = {}, target = 'snapshot' } = snapshotOptions(root, workspaceRoot) ?? {};
  const known = [...Object.keys(values), ...switchNames, ...switchNames.map(flagOf)];
  const key = Object.keys(handed).find((each) => !known.includes(each));
  if (key === undefined) return;
  const place = { file: `options of ${target}`, key };
  const allowed = 'a key in "options" of the target itself: targetDefaults and configurations do not count';
  const file = posix.join(root, 'project.json');
  throw invalid(
    place,
    (handed as WrittenOptions['values'])[key],
    allowed,
    `Write ${key} into ci-cache.json or ${file}.`,
  );
};
