import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExecutorContext } from '@nx/devkit';
import { CiCacheError } from '@nx-ci-cache/process';
import { defineStep } from '../../chain/definition';
import { step } from '../recorded';
import { asExecutor } from './as-executor';

const hostile = 'cut-off 2026 (\n::error::x\n\u001b[31mred\u001b[0m)';

it('lets nothing through that a terminal or a CI obeys, and keeps our own lines', async () => {
  const root = mkdtempSync(join(tmpdir(), 'as-executor-'));
  mkdirSync(join(root, 'app'));
  const config = {
    pythons: ['3.13'],
    constraints: { modes: { core: { requirements: ['core.in'] } } },
    push: { branches: [{ from: 'main', to: 'constraints-main' }] },
  };
  writeFileSync(join(root, 'app', 'ci-cache.json'), JSON.stringify(config));
  const context = { root, projectName: 'app', projectsConfigurations: { projects: { app: { root: 'app' } } } };
  const written: string[] = [];
  const write = (text: unknown) => written.push(String(text)) > 0;
  const spies = [process.stdout, process.stderr].map((stream) => jest.spyOn(stream, 'write').mockImplementation(write));
  try {
    const definition = defineStep({ name: 'x', says: () => '', configuration: 'file' });
    const executor = asExecutor(
      step(definition, async (_part, { say }) => {
        say(`# title\n\n${hostile}`);
        throw new CiCacheError('OptionInvalid', hostile, { remedy: 'Do this.' });
      }),
    );
    expect(await executor({}, context as unknown as ExecutorContext)).toEqual({ success: false });
  } finally {
    spies.forEach((spy) => spy.mockRestore());
    rmSync(root, { recursive: true });
  }
  expect(written).toEqual([
    '# title\n\ncut-off 2026 (\n: :error::x\nred)\n',
    '\nOptionInvalid: cut-off 2026 (\n: :error::x\nred)\n  → Do this.\n',
  ]);
});

it('records of the step that begins a run that it was refused before it began', async () => {
  const root = mkdtempSync(join(tmpdir(), 'as-executor-'));
  const spy = jest.spyOn(process.stderr, 'write').mockImplementation(() => true);
  const definition = defineStep({ name: 'x', says: () => '', configuration: 'file', start: (paths) => paths.snapshot });
  const context = { root, projectName: 'app', projectsConfigurations: { projects: { app: { root: 'app' } } } };
  try {
    const executor = asExecutor(step(definition, async () => undefined));
    expect(await executor({}, context as unknown as ExecutorContext)).toEqual({ success: false });
    expect(JSON.parse(readFileSync(join(root, 'dist/app/snapshot.json'), 'utf8'))).toMatchObject({
      result: 'refused',
      error: expect.stringContaining('app/ci-cache.json is missing, and no target has its keys as options'),
    });
  } finally {
    spy.mockRestore();
    rmSync(root, { recursive: true });
  }
});
