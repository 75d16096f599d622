import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { recordPaths } from '@nx-ci-cache/records';
import { writeJson } from '@nx-ci-cache/process';
import { wiredRun } from '../../testing/wired-run';
import type { StepContext } from '../context/context';
import { currentLeg, currentPlan } from './current';

const leg = { image: 'ci', python: '3.13', platform: 'linux/amd64' };
const targets = {
  plan: { executor: 'nx-ci-cache:plan-refresh' },
  legs: { executor: 'nx-ci-cache:buildx-refresh', options: { image: 'ci' } },
};
const plan = { ...leg, inputDigest: 'sha256:1', buildId: 'b1' };
const reasons = { run: 'r', constraintsCommit: 'c' };
const record = { result: 'built', inputDigest: 'sha256:1', buildId: 'b1' };

describe('a leg of this run', () => {
  let root: string;
  let context: StepContext;
  const paths = recordPaths('app');

  const lay = async (changes: { plan?: object; reasons?: object; record?: object } = {}) => {
    await writeJson(context.at(paths.plan(leg)), { ...plan, ...changes.plan });
    await writeJson(context.at(paths.reasons(leg)), { ...reasons, ...changes.reasons });
    await writeJson(context.at(paths.leg(leg)), { ...record, ...changes.record });
  };

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'current-'));
    context = { paths, at: (path: string) => join(root, path), ...wiredRun('app', targets) } as unknown as StepContext;
  });

  afterEach(() => rmSync(root, { recursive: true }));

  it.each([
    ['built for the plan', {}],
    ['found built by another run, for the plan', { record: { buildId: 'b2', planned: 'b1' } }],
    ['previewed', { plan: { buildId: null }, record: { result: 'previewed', buildId: null } }],
  ])('is one %s', async (_name, changes) => {
    await lay(changes);
    await expect(currentLeg(leg, 'r', context)).resolves.toMatchObject({ inputDigest: 'sha256:1' });
  });

  it.each([
    [
      'whose plan is of another run',
      { reasons: { run: 'old' } },
      /reasons\/.*\.json is of another run/,
      /among them app:plan\./,
    ],
    [
      'of other inputs',
      { record: { inputDigest: 'sha256:0' } },
      /legs\/.*\.json is of other inputs/,
      /among them app:legs\./,
    ],
    ['of another build', { record: { buildId: 'b0' } }, /legs\/.*\.json answers another plan/, /targetDefaults/],
    ['found built for another plan', { record: { planned: 'b0' } }, /answers another plan/, /targetDefaults/],
  ])('is none %s', async (_name, changes, message, remedy) => {
    await lay(changes);
    await expect(currentLeg(leg, 'r', context)).rejects.toMatchObject({
      message: expect.stringMatching(message),
      remedy: expect.stringMatching(remedy),
    });
  });

  it('has a plan and a record', async () => {
    await expect(currentPlan(leg, 'r', context)).rejects.toThrow('reasons/ci-3.13-linux-amd64.json is missing');
    await writeJson(context.at(paths.reasons(leg)), reasons);
    await expect(currentPlan(leg, 'r', context)).rejects.toThrow('plan/ci-3.13-linux-amd64.json is missing');
    await writeJson(context.at(paths.plan(leg)), plan);
    await expect(currentPlan(leg, 'r', context)).resolves.toEqual({ plan, constraintsCommit: 'c' });
    await expect(currentLeg(leg, 'r', context)).rejects.toThrow('legs/ci-3.13-linux-amd64.json is missing');
  });
});
