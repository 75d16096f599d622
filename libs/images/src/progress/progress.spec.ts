/** Lines captured from buildx 0.36, and what is read out of them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildFailed } from '../leg/failure';
import { cacheDigestOf, nodeOf, ranOnOf, stepsOf, type BuildMetadata } from '../builder/metadata';
import { parseEvent, progressReader } from './progress';
import { progressLines } from './progress-lines';

const captured = (name: string) => readFileSync(join(__dirname, 'testdata', name), 'utf8');
const linesOf = (name: string) => captured(`${name}.txt`).trimEnd().split('\n');
/** What a reader knows after all of `lines`. */
const parseProgress = (lines: readonly string[]) => {
  const { read, progress } = progressReader();
  lines.forEach(read);
  return progress();
};
const metadata = JSON.parse(captured('cached-metadata.json')) as BuildMetadata;

it('takes whatever is no JSON object for text', () => {
  expect(parseEvent('--------------------')).toBeUndefined();
  expect(parseEvent('{"half": ')).toBeUndefined();
  expect(parseProgress(['hello', '{"vertexes":[]}', 'world']).texts).toEqual(['hello', 'world']);
});

it('counts RUN and COPY steps only, and sees them cached', () => {
  const { vertices } = parseProgress(linesOf('cached'));
  expect(vertices.length).toBeGreaterThan(8);
  expect(stepsOf(metadata, vertices).map(({ name, cached }) => [name.slice(0, 17), cached])).toEqual([
    ['[stage-1 2/2] RUN', true],
    ['[stage-1 1/2] COP', true],
    ['[deps 3/3] RUN ec', true],
    ['[deps 2/3] COPY -', true],
  ]);
});

it('takes a step for cached although its layers were fetched afterwards', () => {
  const vertex = { digest: 'sha256:a', name: '[stage-1 2/2] RUN make' };
  const [started, completed] = ['2026-01-01T00:00:00Z', '2026-01-01T00:00:06Z'];
  const events = [
    vertex,
    { ...vertex, started, completed: started, cached: true },
    { ...vertex, started },
    { ...vertex, started, completed },
    vertex,
  ];
  const { vertices } = parseProgress(events.map((event) => JSON.stringify({ vertexes: [event] })));
  expect(vertices).toMatchObject([{ cached: true, startedAt: Date.parse(started) }]);
});

it('tells where the steps ran only when one did', () => {
  const { vertices } = parseProgress(linesOf('cached'));
  expect(ranOnOf(metadata, vertices)).toBeUndefined();
  expect(
    ranOnOf(
      metadata,
      vertices.map((vertex) => ({ ...vertex, cached: false })),
    ),
  ).toBe('linux/amd64');
});

it('reads node and cache out of the metadata', () => {
  expect(nodeOf(metadata)).toBe('amd64');
  expect(cacheDigestOf(metadata)).toBe('sha256:bc3f3bdf557652ff9a269e511501fc106ee3fc8aa6be71c5cbcd925ffa6c6c00');
  expect(cacheDigestOf({})).toBeUndefined();
});

it('says which step failed, with its output and the place in the Dockerfile', () => {
  const error = buildFailed('ci-3.11-linux-amd64', parseProgress(linesOf('failed')));
  expect(error.message.split('\n').slice(0, 3)).toEqual([
    'the build of ci-3.11-linux-amd64 failed at [stage-1 2/2] RUN echo out1; echo about-to-fail >&2; exit 3',
    'out1',
    'about-to-fail',
  ]);
  expect(error.message).toMatch(/Dockerfile:8\n[\s\S]*>>> RUN echo out1[\s\S]*ERROR: .* exit code: 3$/);
  expect(error.data).toMatchObject({ transient: false });
  const { message } = buildFailed('leg', parseProgress(linesOf('failed')), 'dist/logs/leg.log');
  expect(message.split('\n').at(-1)).toBe('All that it printed: dist/logs/leg.log');
});

it('shows no secret that a step printed', () => {
  const name = 'CI_CACHE_TEST_TOKEN';
  process.env[name] = 'very-secret-value';
  const vertex = { digest: 'sha256:a', name: '[1/1] RUN x', cached: false, completed: true, error: 'exit code: 1' };
  const logs = { 'sha256:a': 'token very-secret-value\n' };
  expect(buildFailed('leg', { vertices: [vertex], logs, texts: [] }).message).toContain('token ***');
  delete process.env[name];
});

/** A name or value that stands in every line of progress, or in the base64 of what a step prints. */
it.each([
  ['JSON syntax', '{"vertexes":[{"digest":"'],
  ['a name in it', 'vertexes'],
  ['base64', Buffer.from('a line of output, ').toString('base64')],
])('is not led astray by a secret that is %s', (_name, secret) => {
  const name = 'CI_CACHE_TEST_TOKEN';
  process.env[name] = secret;
  const data = Buffer.from(`a line of output, and ${secret}\n`).toString('base64');
  const failed = {
    digest: 'sha256:a',
    name: `[1/1] RUN x ${secret}`,
    started: 'then',
    completed: 'now',
    error: 'exit code: 1',
  };
  const lines = [{ vertexes: [failed] }, { logs: [{ vertex: 'sha256:a', data }] }].map((event) =>
    JSON.stringify(event),
  );
  const told: string[] = [];
  const { read, progress } = progressReader(progressLines('leg', (line) => told.push(line)));
  lines.forEach(read);
  const error = buildFailed('leg', progress());
  delete process.env[name];
  expect(told).toEqual(['leg: FAILED [1/1] RUN x ***']);
  expect(error.message).toBe('the build of leg failed at [1/1] RUN x ***\na line of output, and ***\nexit code: 1');
  expect(error.data).toMatchObject({ step: '[1/1] RUN x ***' });
});

it('keeps the end of what a step printed, whole characters only, and of the texts', () => {
  const bytes = Buffer.from(`${'é'.repeat(200_000)}the end\n`);
  const { read, progress } = progressReader();
  for (let from = 0; from < bytes.length; from += 101) {
    const data = bytes.subarray(from, from + 101).toString('base64');
    read(JSON.stringify({ logs: [{ vertex: 'sha256:a', data }] }));
    read(`text ${from}`);
  }
  const { logs, texts } = progress();
  expect(logs['sha256:a']).toMatch(/^é+the end\n$/);
  expect(logs['sha256:a']?.length).toBeLessThan(200_000);
  expect(texts.at(-1)).toBe('text 399960');
  expect(texts.length).toBeLessThan(20_000);
});

it('emits one line per finished step', () => {
  const told: string[] = [];
  for (const name of ['cached', 'failed']) {
    linesOf(name).forEach(progressReader(progressLines('leg', (line) => told.push(line))).read);
  }
  expect(told.filter((line) => line.startsWith('leg: CACHED'))).toHaveLength(6);
  expect(told.filter((line) => line.startsWith('leg: FAILED'))).toHaveLength(1);
});
