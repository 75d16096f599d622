/** A status as Nx asks for it: what it prints, which files it leaves, how it ends, and what it refuses. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Ajv from 'ajv';
import type { StatusReport } from '@nx-ci-cache/report';
import { eachStatusWorld, type StatusWorld } from '../../testing/status-world';
import status from './executor';

let world: StatusWorld;
eachStatusWorld((each) => (world = each));

const out = async (options: object) => {
  const written: string[] = [];
  const spy = jest.spyOn(process.stdout, 'write').mockImplementation((text) => Boolean(written.push(String(text))));
  const errors = jest.spyOn(process.stderr, 'write').mockImplementation((text) => Boolean(written.push(`! ${text}`)));
  try {
    return { ...(await status(options, world.executor())), written };
  } finally {
    spy.mockRestore();
    errors.mockRestore();
  }
};
beforeEach(() => {
  const modules = join(world.workspace.root, 'node_modules');
  mkdirSync(modules);
  symlinkSync(dirname(require.resolve('nx/package.json')), join(modules, 'nx'));
});

it('prints one line of JSON of its schema, and nothing else', async () => {
  const { success, written } = await out({ json: true });
  expect(success).toBe(true);
  expect(written).toHaveLength(1);
  const report = JSON.parse(written[0] ?? '') as StatusReport;
  expect(report).toMatchObject({ outcome: 'fresh', exitCode: 0 });
  const schema = JSON.parse(readFileSync(join(__dirname, '../../../../report/src/status.schema.json'), 'utf8'));
  const ajv = new Ajv({ strict: false });
  expect(ajv.validate(schema, report) ? '' : ajv.errorsText()).toBe('');
});

it('writes the files it is asked for, which others can read', async () => {
  const names = { json: 'dist/s/status.json', metrics: 'dist/s/status.prom', badge: 'dist/s/badge.json' };
  expect(await out(names)).toMatchObject({ success: true, written: [expect.stringMatching(/^Fresh: app/)] });
  const read = (file: string) => readFileSync(join(world.workspace.root, file), 'utf8');
  expect(JSON.parse(read(names.json))).toMatchObject({ outcome: 'fresh', version: 1 });
  expect(JSON.parse(read(names.badge))).toEqual({
    ...{ schemaVersion: 1, label: 'app', message: 'fresh', color: 'brightgreen' },
  });
  expect(parsed(join(world.workspace.root, names.metrics))).toMatchObject({
    ci_cache_outcome: { type: 'stateset', samples: [1, 0, 0] },
    ci_cache_leg_build_seconds: { type: 'gauge', unit: 'seconds', samples: [30] },
    ci_cache_leg_cache_bytes: { unit: 'bytes', samples: [36] },
    ci_cache_image_whole: { samples: [1] },
  });
  expect(readdirSync(join(world.workspace.root, 'dist'))).toEqual(['s']);
});

it('fails for trouble, and for pending changes where that is asked for', async () => {
  world.workspace.commit({ 'app/core.in': 'lib>=1\n' });
  expect(await out({})).toMatchObject({ success: true });
  expect(await out({ failOn: 'changes' })).toMatchObject({
    success: false,
    written: [
      expect.stringMatching(/^Changes pending/),
      expect.stringContaining('! \nOptionInvalid: changes are pending'),
    ],
  });
  world.workspace.write({ 'app/ci-cache.json': '{' });
  const broken = await out({ json: true });
  expect(broken.success).toBe(false);
  expect(JSON.parse(broken.written[0] ?? '')).toMatchObject({
    outcome: 'trouble',
    exitCode: 1,
    troubles: [{ what: 'configuration' }],
  });
});

it.each([{ metrics: '../out.prom' }, { json: '' }, { badge: 'dist/app/refresh-badge.json' }, { metrics: 'dist/' }])(
  'refuses %j before it looks',
  async (options) => {
    const { success, written } = await out(options);
    expect([success, world.registry.asked]).toEqual([false, []]);
    expect(written.join('')).toMatch(
      /OptionInvalid: options: \w+ = .*\n {2}allowed: the path of a file in the workspace/,
    );
  },
);

/** As an independent reader understands it. */
const parsed = (file: string): object => {
  const script = [
    'import json, sys',
    'from prometheus_client.openmetrics.parser import text_string_to_metric_families as parse',
    'families = parse(open(sys.argv[1]).read())',
    'print(json.dumps({f.name: {"type": f.type, "unit": f.unit, "samples": [s.value for s in f.samples]} for f in families}))',
  ].join('\n');
  const args = ['run', '--no-project', '--no-config', '--with', 'prometheus-client', 'python3', '-c', script, file];
  return JSON.parse(execFileSync(process.env['CI_CACHE_UV'] ?? 'uv', args, { encoding: 'utf8' })) as object;
};
