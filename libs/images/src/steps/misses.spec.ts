import { digestOf } from '@nx-ci-cache/process';
import { testSpec } from '../testing/leg';
import { madeSteps } from './made-steps';
import { missesOf, missSaid } from './misses';
import { parseSteps, recordSteps } from './recorded-steps';

const dockerfile = `ARG BASE
FROM \${BASE} AS deps
ARG EXTRAS
ENV MODE=fast
WORKDIR /src
COPY --from=constraints constraints-3.11.txt /constraints.txt
COPY req.txt setup.* ./
RUN --mount=type=bind,source=tools,target=/tools install
FROM registry.example.com/run:1 AS app
COPY --from=deps /site /site
ARG PORT=80
USER app
COPY app/ /app/
COPY --from=shared style.css /app/
RUN <<END
build
END
RUN check
`;

interface World {
  readonly dockerfile: string;
  readonly own: Readonly<Record<string, string>>;
  readonly constraints: Readonly<Record<string, string>>;
  readonly shared: Readonly<Record<string, string>>;
  readonly args: Readonly<Record<string, string>>;
  readonly base: string;
  readonly run: string;
}

const world: World = {
  dockerfile,
  own: {
    'req.txt': '1',
    'setup.py': '1',
    'setup.cfg': '1',
    'tools/get': '1',
    'app/models.py': '1',
    'app/api/v1.py': '1',
  },
  constraints: { 'constraints-3.11.txt': '1', 'constraints-3.13.txt': '1' },
  shared: { 'style.css': '1', 'other.css': '1' },
  args: { EXTRAS: 'a' },
  base: 'b',
  run: 'r',
};

const madeOf = ({ dockerfile: text, own, constraints, shared, args, base, run }: World) => {
  const pinned = (name: string, state: string) => `registry.example.com/${name}@${digestOf(state)}`;
  const spec = testSpec({
    ...{ bases: { BASE: 'registry.example.com/base:1' }, buildArgs: args, contexts: { shared: 'shared' } },
  });
  const files = new Map(
    [
      ['', own],
      ['constraints', constraints],
      ['shared', shared],
    ].map(([name, texts]) => [
      name as string,
      Object.fromEntries(Object.entries(texts as object).map(([path, state]) => [path, digestOf(state)])),
    ]),
  );
  const inputs = { bases: { BASE: pinned('base:1', base), 'registry.example.com/run:1': pinned('run:1', run) } };
  return madeSteps({ spec, dockerfile: text, files, inputs });
};

const steps = {
  workdir: '[deps 2/5] WORKDIR /src',
  constraints: '[deps 3/5] COPY --from=constraints constraints-3.11.txt /constraints.txt',
  req: '[deps 4/5] COPY req.txt setup.* ./',
  install: '[deps 5/5] RUN --mount=type=bind,source=tools,target=/tools install',
  site: '[app 2/6] COPY --from=deps /site /site',
  app: '[app 3/6] COPY app/ /app/',
  style: '[app 4/6] COPY --from=shared style.css /app/',
  build: '[app 5/6] RUN <<END (build)',
  check: '[linux/arm64 app 6/6] RUN check',
};

const reasonsOf = (name: string, changed: Partial<World>, before = recordSteps(madeOf(world))) =>
  missesOf([{ name, cached: false }], madeOf({ ...world, ...changed }), before)?.[0]?.reasons;

const own = (changes: Record<string, string | undefined>) => ({
  own: Object.fromEntries(
    Object.entries({ ...world.own, ...changes }).filter((entry): entry is [string, string] => entry[1] !== undefined),
  ),
});
const edited = (from: string, to: string) => ({ dockerfile: dockerfile.replace(from, to) });

it.each<[string, keyof typeof steps, Partial<World>, string]>([
  ['a file', 'req', own({ 'req.txt': '2' }), 'req.txt changed'],
  ['a file by a pattern', 'req', own({ 'setup.py': '2' }), 'setup.py changed'],
  ['a new file by a pattern', 'req', own({ 'setup.toml': '1' }), 'setup.toml is new'],
  ['a file of a folder', 'app', own({ 'app/models.py': '2' }), 'app/models.py changed'],
  ['a file further down', 'app', own({ 'app/api/v1.py': '2' }), 'app/api/v1.py changed'],
  ['a new file', 'app', own({ 'app/new.py': '1' }), 'app/new.py is new'],
  ['a deleted file', 'app', own({ 'app/api/v1.py': undefined }), 'app/api/v1.py is gone'],
  ['a mounted file', 'install', own({ 'tools/get': '2' }), 'tools/get changed'],
  [
    'constraints',
    'constraints',
    { constraints: { ...world.constraints, 'constraints-3.11.txt': '2' } },
    'constraints:constraints-3.11.txt changed',
  ],
  ['another context', 'style', { shared: { ...world.shared, 'style.css': '2' } }, 'shared:style.css changed'],
  ['a build argument', 'install', { args: { EXTRAS: 'b' } }, 'the value of EXTRAS changed'],
  ['an argument given anew', 'install', { args: {} }, 'the value of EXTRAS is gone'],
  ['a default', 'build', edited('PORT=80', 'PORT=81'), 'the value of PORT changed'],
  ['ENV', 'install', edited('MODE=fast', 'MODE=slow'), 'the value of MODE changed'],
  ['the user', 'build', edited('USER app', 'USER root'), 'the value of USER changed'],
  ['the base', 'workdir', { base: 'c' }, 'FROM ${BASE} AS deps before it: the image registry.example.com/base:1 moved'],
  [
    'an image of the file',
    'site',
    { run: 's' },
    'FROM registry.example.com/run:1 AS app before it: the image registry.example.com/run:1 moved',
  ],
  [
    'another image',
    'site',
    edited('run:1 AS', 'run:2 AS'),
    'FROM registry.example.com/run:2 AS app before it: the instruction changed: it was FROM registry.example.com/run:1 AS app',
  ],
  [
    'an edited instruction',
    'check',
    edited('RUN check', 'RUN check --all'),
    'the instruction changed: it was RUN check',
  ],
  ['an edited document', 'build', edited('build\n', 'build --all\n'), 'the instruction changed: it was RUN <<END'],
  ['what stands before', 'check', own({ 'app/models.py': '2' }), 'COPY app/ /app/ before it: app/models.py changed'],
  [
    'another stage',
    'site',
    own({ 'req.txt': '2' }),
    'the stage deps changed (COPY req.txt setup.* ./: req.txt changed)',
  ],
  ['an instruction put in', 'check', edited('RUN check', 'COPY req.txt /\nRUN check'), 'the instruction is new'],
  ['an instruction taken out', 'style', edited('COPY app/ /app/\n', ''), 'COPY app/ /app/ before it is gone'],
  [
    'the order',
    'app',
    edited(
      'COPY app/ /app/\nCOPY --from=shared style.css /app/\n',
      'COPY --from=shared style.css /app/\nCOPY app/ /app/\n',
    ),
    'the steps before it are in another order',
  ],
  ['nothing', 'check', {}, 'nothing that it is made from changed: the cache did not hold it'],
])('explains %s by exactly that', (_what, step, changed, reason) => {
  expect(reasonsOf(steps[step], changed)).toEqual([reason]);
});

it('says it in one line', () => {
  const [miss] =
    missesOf(
      [{ name: steps.app, cached: false }],
      madeOf({ ...world, ...own({ 'app/models.py': '2' }) }),
      recordSteps(madeOf(world)),
    ) ?? [];
  expect(missSaid(miss ?? { step: '', reasons: [] })).toBe('step app 3/6 ran: COPY app/ /app/ — app/models.py changed');
});

it('explains no step that was cached, none that the Dockerfile does not have, and nothing without a record', () => {
  const made = madeOf(world);
  const misses = [
    { name: steps.app, cached: true },
    { name: '[internal] load metadata', cached: false },
  ];
  expect(missesOf(misses, made, recordSteps(made))).toEqual([]);
  for (const record of [undefined, 'not ours', Buffer.from('{}').toString('base64')])
    expect(missesOf([{ name: steps.app, cached: false }], made, record)).toBeUndefined();
});

it('names the first of many files', () => {
  const many = Object.fromEntries(Array.from({ length: 9 }, (_, at) => [`app/${at}.py`, '1']));
  expect(reasonsOf(steps.app, own(many))).toEqual([
    'app/0.py is new',
    'app/1.py is new',
    'app/2.py is new',
    'and 6 more changes',
  ]);
});

it('keeps a record small, and then names the folder', () => {
  const many = Object.fromEntries(Array.from({ length: 20_000 }, (_, at) => [`app/p${at % 40}/m${at}.py`, String(at)]));
  const before = recordSteps(madeOf({ ...world, ...own(many) })) ?? '';
  expect(before.length).toBeLessThanOrEqual(24 * 1024);
  expect(parseSteps(before)?.depth).toBe(2);
  expect(reasonsOf(steps.app, own({ ...many, 'app/p7/m7.py': 'x' }), before)).toEqual(['app/p7/ changed']);
});
