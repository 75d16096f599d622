import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildLog } from './build-log';
import { progressReader } from './progress';

const folder = mkdtempSync(join(tmpdir(), 'ci-cache-log-'));
afterAll(() => rmSync(folder, { recursive: true }));

const said = (text: string) =>
  JSON.stringify({ logs: [{ vertex: 'sha256:a', data: Buffer.from(text).toString('base64') }] });
const vertex = (more: object) =>
  JSON.stringify({ vertexes: [{ digest: 'sha256:a', name: '[deps 2/3] RUN make', started: 'then', ...more }] });

it('holds each line with its step, and what a step printed last without an end of line', () => {
  const path = join(folder, 'deep/leg.log');
  const log = buildLog(path);
  for (const line of ['WARNING: old', vertex({}), said('compil'), said('ing\nlinking'), vertex({ completed: 'now' })])
    log.read(line);
  log.read(
    JSON.stringify({ vertexes: [{ digest: 'sha256:b', name: '[1/2] FROM base', completed: 'now', cached: true }] }),
  );
  log.close();
  expect(readFileSync(path, 'utf8').trimEnd().split('\n')).toEqual([
    'WARNING: old',
    '#1 [deps 2/3] RUN make',
    '#1 compiling',
    '#1 linking',
    '#1 DONE',
    '#2 [1/2] FROM base',
    '#2 CACHED',
  ]);
  expect(statSync(path).mode & 0o077).toBe(0);
});

it('holds no secret, of however many lines, and wherever the parts are cut', () => {
  const name = 'CI_CACHE_TEST_TOKEN';
  process.env[name] = 'first-secret-line\nsecond-secret-line';
  const path = join(folder, 'secret.log');
  const log = buildLog(path);
  for (const part of ['a first-sec', 'ret-line\nsecond-se', 'cret-line b\n', 'end\n']) log.read(said(part));
  log.close();
  delete process.env[name];
  expect(readFileSync(path, 'utf8')).toBe('#1 sha256:a\n#1 a ***\n#1 *** b\n#1 end\n');
});

it('takes 200 MB without holding them', () => {
  const path = join(folder, 'large.log');
  const log = buildLog(path);
  const { read, progress } = progressReader();
  const line = said(`${'x'.repeat(65_534)}\n`);
  const before = process.memoryUsage().heapUsed;
  let most = 0;
  for (let part = 0; part < 3200; part++) {
    log.read(line);
    read(line);
    if (part % 100 === 0) most = Math.max(most, process.memoryUsage().heapUsed - before);
  }
  log.close();
  expect(statSync(path).size).toBeGreaterThan(200_000_000);
  expect(progress().logs['sha256:a']?.length).toBeLessThan(300_000);
  expect(most).toBeLessThan(150 * 1024 * 1024);
});
