import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CiCacheError, writeJson } from '@nx-ci-cache/process';
import { recordPaths } from '@nx-ci-cache/records';
import type { StepContext } from './context/context';
import { defineStep } from '../chain/definition';
import { step } from './recorded';

const paths = recordPaths('app');
const definition = defineStep({ name: 'push', says: () => 'Pushes', record: () => paths.push });
const said = new CiCacheError('PushRefused', 'gates are missing', { remedy: 'Run them.' });
const misspelt = new CiCacheError('OptionInvalid', 'push.gates[0] = "api:tset"', { remedy: 'Correct it.' });
const unreachable = new CiCacheError('CommandFailed', 'git ls-remote failed', { remedy: 'Run again.' });

const instant = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
/** The run that the facts are of, and when it was. */
const made = { run: 'r', startedAt: instant, endedAt: instant };

let root: string;
let context: StepContext;
const at = (path: string) => join(root, path);
const recorded = () => JSON.parse(readFileSync(at(paths.push), 'utf8')) as unknown;

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'recorded-'));
  context = { at, paths, projectName: 'app', environment: {} } as unknown as StepContext;
  await writeJson(at(paths.branch), { run: 'r' });
  await writeJson(at(paths.push), { run: 'old', result: 'pushed' });
});
afterEach(() => rmSync(root, { recursive: true }));

it.each([
  ['a refusal', said, 'refused'],
  ['a no of the configuration', misspelt, 'refused'],
  ['a fault of which nobody knows what it left', unreachable, 'failed'],
  ['a fault of ours', new Error('oops'), 'failed'],
])('records %s that is thrown', async (_name, error, result) => {
  await expect(step(definition, () => Promise.reject(error))({}, context)).rejects.toBe(error);
  expect(recorded()).toEqual({ run: 'r', result, error: expect.stringContaining(error.message), made });
});

it('takes the old record away before the act, and writes the new one after it', async () => {
  const act = step(definition, async () => {
    expect(existsSync(at(paths.push))).toBe(false);
    return { run: 'r', result: 'unchanged' };
  });
  expect({ ...(await act({}, context)), made }).toEqual(recorded());
});

it('writes a record that is no success before it is thrown', async () => {
  const refused = { run: 'r', result: 'refused' };
  const act = step(
    definition,
    async () => refused,
    () => {
      throw said;
    },
  );
  await expect(act({}, context)).rejects.toBe(said);
  expect(recorded()).toEqual({ ...refused, made });
});

it('never calls an act failed whose record alone could not be written', async () => {
  const act = step(definition, async () => {
    mkdirSync(join(at(paths.push), 'in-the-way'), { recursive: true });
    return { run: 'r', result: 'pushed' };
  });
  await expect(act({}, context)).rejects.toThrow(/^the step succeeded, but dist\/app\/push\.json could not be written/);
  expect(existsSync(join(at(paths.push), 'in-the-way'))).toBe(true);
});
