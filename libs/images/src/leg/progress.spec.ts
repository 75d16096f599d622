/** Lines captured from buildx 0.36, and what is read out of them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isTransient } from '../registry/transient';
import { buildFailed } from './failure';
import { cacheDigestOf, nodeOf, ranOnOf, stepsOf, type BuildMetadata } from './metadata';
import { parseEvent, parseProgress } from './progress';
import { progressLines } from './progress-lines';

const captured = (name: string) => readFileSync(join(__dirname, 'testdata', name), 'utf8');
const linesOf = (name: string) => captured(`${name}.txt`).trimEnd().split('\n');
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
});

it('shows no secret that a step printed', () => {
  const name = 'CI_CACHE_TEST_TOKEN';
  process.env[name] = 'very-secret-value';
  const vertex = { digest: 'sha256:a', name: '[1/1] RUN x', cached: false, completed: true, error: 'exit code: 1' };
  const logs = { 'sha256:a': 'token very-secret-value\n' };
  expect(buildFailed('leg', { vertices: [vertex], logs, texts: [] }).message).toContain('token ***');
  delete process.env[name];
});

it('emits one line per finished step', () => {
  const told: string[] = [];
  for (const name of ['cached', 'failed']) linesOf(name).forEach(progressLines('leg', (line) => told.push(line)));
  expect(told.filter((line) => line.startsWith('leg: CACHED'))).toHaveLength(6);
  expect(told.filter((line) => line.startsWith('leg: FAILED'))).toHaveLength(1);
});

it.each([
  [
    'ERROR: failed to solve: failed to push x: unexpected status from PUT request to https://r: 503 Service Unavailable',
    true,
  ],
  ['unexpected status from HEAD request to https://r: 429 Too Many Requests', true],
  ['server message: toomanyrequests: slow down', true],
  ['failed to do request: Put "https://r": read tcp 1->2: read: connection reset by peer', true],
  ['failed to do request: Put "https://r": EOF', true],
  ['net/http: TLS handshake timeout', true],
  ['unexpected status from HEAD request to https://r: 401 Unauthorized', false],
  ['dial tcp: lookup r: no such host', false],
  ['process "curl: connection reset by peer" did not complete successfully: exit code: 1', false],
  ['dockerfile parse error on line 2: unknown instruction: RUNN', false],
])('%s → worth another try: %s', (words, expected) => {
  expect(isTransient(words)).toBe(expected);
});
