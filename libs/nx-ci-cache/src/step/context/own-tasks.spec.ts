import type { TargetConfiguration } from '@nx/devkit';
import { generateConstraintsStep } from '../../chain/generate-constraints';
import { planRefreshStep } from '../../chain/plan-refresh';
import { wiredRun } from '../../testing/wired-run';
import { isLeftToUs, ownTargets, targetDoing, tasksDoing } from './own-tasks';
import { nameOf } from './task-graph';

const executor = (step: string, more: TargetConfiguration = {}) => ({ executor: `nx-ci-cache:${step}`, ...more });
const cell = { mode: 'core', python: '3.13' };
const targets = {
  all: executor('generate-constraints', { dependsOn: ['newest'] }),
  newest: executor('generate-constraints', { options: { python: '3.13' } }),
  docs: executor('generate-constraints', { options: { mode: 'docs' } }),
  look: executor('snapshot'),
  test: { executor: 'nx:run-commands' },
  other: { executor: 'acme:generate-constraints' },
};
const run = wiredRun('app', targets);

it('knows our targets by their executor', () => {
  expect(ownTargets(run).map(({ name }) => name)).toEqual(['all', 'newest', 'docs', 'look']);
  expect(ownTargets(run, { name: 'snapshot' }).map(({ name }) => name)).toEqual(['look']);
});

it('gives a part to the task that comes first of those whose coordinates hold it', () => {
  const doing = (mode: string, python: string) =>
    tasksDoing(generateConstraintsStep, { mode, python }, run).map(nameOf);
  expect(doing('core', '3.13')).toEqual(['app:newest']);
  expect(doing('core', '3.12')).toEqual(['app:all']);
  // Neither waits for the other: each does it, and both come to the same.
  expect(doing('docs', '3.12')).toEqual(['app:all', 'app:docs']);
});

it('leaves to a task what no other task of the run does', () => {
  const left = (taskName: string, python: string) =>
    isLeftToUs(generateConstraintsStep, { mode: 'core', python }, { ...run, taskName });
  expect([left('app:all', '3.13'), left('app:all', '3.12'), left('app:newest', '3.13')]).toEqual([false, true, true]);
  expect(isLeftToUs(planRefreshStep, {}, { ...run, taskName: 'app:all' })).toBe(true);
  expect(isLeftToUs(generateConstraintsStep, cell, { ...run, taskGraph: undefined, taskName: 'app:all' })).toBe(true);
});

it('names the target people have: of this run, else of the project with the most coordinates, else what is missing', () => {
  expect(targetDoing(generateConstraintsStep, cell, run)).toBe('app:newest');
  expect(targetDoing(generateConstraintsStep, cell, { ...run, taskGraph: undefined })).toBe('app:newest');
  expect(targetDoing(planRefreshStep, {}, run)).toBe('a target of app with executor nx-ci-cache:plan-refresh');
});
