import type { CellFacts } from '@nx-ci-cache/records';
import { resolverHere } from '../testing/cell';
import { startIndex, type LocalIndex } from '../testing/local-index';
import { whyCell } from './why-cell';

describe('whyCell with the real resolver on a local index', () => {
  let index: LocalIndex;

  const facts = (text: string, more: Partial<CellFacts> = {}): CellFacts => ({
    ...{ mode: 'core', python: '3.13', cutoff: '2026-05-01T00:00:00Z', pageMaxAge: 2700, resolver: resolverHere() },
    ...{ indexUrl: index.url, requirements: [{ path: 'core.in', text }], allowSdist: [] },
    ...more,
  });

  beforeAll(async () => {
    index = await startIndex([
      { name: 'app', version: '1.0', requires: ['middle'] },
      { name: 'middle', version: '1.0', requires: ['lib<2'] },
      { name: 'lib', version: '1.0' },
      { name: 'lib', version: '2.0' },
      { name: 'lib2', version: '1.0' },
      { name: 'lib', version: '3.0', uploaded: '2026-06-01T00:00:00Z' },
      { name: 'chooser', version: '2.0', requires: ['lib<2'] },
      { name: 'chooser', version: '1.0', requires: ['lib'] },
      { name: 'switch', version: '1.0', requires: ['lib<2'] },
      { name: 'switch', version: '2.0', requires: ['lib'] },
      { name: 'localv', version: '1.0' },
      { name: 'localv', version: '1.1+cpu' },
      { name: 'made', version: '1.0' },
      { name: 'made', version: '2.0', kind: 'sdist' },
      { name: 'made', version: '3.0', kind: 'sdist', uploaded: '2026-06-01T00:00:00Z' },
      { name: 'early', version: '1.0' },
      { name: 'early', version: '2.0rc1' },
      { name: 'early', version: '1.5', kind: 'sdist', yanked: true },
      { name: 'way', version: '1.0', requires: ['lib<2'] },
      { name: 'way', version: '2.0rc1', requires: ['lib'] },
      { name: 'fresh', version: '1.0' },
      { name: 'fresh', version: '2.0', tags: 'cp313-cp313-manylinux_2_31_x86_64' },
      { name: 'undated', version: '1.0' },
      { name: 'undated', version: '2.0', uploaded: null },
    ]);
  });

  afterAll(() => index.close());

  it('gives the chain from the requirement file and the bound that holds it back, seen at the cut-off', async () => {
    expect(await whyCell('lib', facts('app\n'))).toEqual({
      kind: 'found',
      version: '1.0',
      newest: '2.0',
      chains: [['core.in', 'app', 'middle', 'lib']],
      hold: {
        by: 'requirements',
        explanation: expect.stringContaining('lib<2'),
        requirements: [],
        limits: [],
        constraints: [],
      },
    });
  });

  it('lays a bound of a pyproject.toml, and what it asks itself, to no package of ours', async () => {
    const text =
      '[project]\nname = "Acme_Api"\nversion = "1"\ndependencies = ["app", "lib<2", "lib2<2; python_version>\'3\'"]\n';
    const member = { ...facts(''), requirements: [{ path: 'api/pyproject.toml', text }] };
    expect(await whyCell('lib', member)).toMatchObject({
      hold: {
        ...{ by: 'requirements', explanation: expect.stringMatching(/^(?![^]*acme)[^]*you require lib>=2\.0/i) },
        requirements: [{ path: 'api/pyproject.toml', bound: 'lib<2' }],
      },
    });
  });

  it('names limits with their reasons, and files of constraints, that hold it back', async () => {
    const bounded = facts('lib\n', {
      limits: [
        { bound: 'Lib <2', reason: 'a test' },
        { bound: 'other<2', reason: 'another test' },
      ],
      constraints: [
        { path: 'bounds.txt', text: '# lib<3\nother<2\n' },
        { path: 'more.txt', text: 'other<2\nlib[x]<2 ; python_version > "3"\n' },
      ],
    });
    expect(await whyCell('lib', bounded)).toMatchObject({
      newest: '2.0',
      hold: {
        ...{ by: 'requirements', explanation: expect.stringContaining('lib<2') },
        ...{ limits: [{ bound: 'Lib <2', reason: 'a test' }], constraints: ['more.txt'] },
      },
    });
  });

  it('says what else would change when the resolver only chose otherwise', async () => {
    expect(await whyCell('lib', facts('chooser\nlib\n'))).toMatchObject({
      version: '1.0',
      hold: {
        by: 'choice',
        changes: [
          { name: 'chooser', kind: 'downgraded', from: '2.0', to: '1.0' },
          { name: 'lib', kind: 'upgraded', from: '1.0', to: '2.0' },
        ],
      },
    });
  });

  it('takes no pre-release nobody asked for as a solution', async () => {
    expect(await whyCell('lib', facts('way\nlib\n'))).toMatchObject({
      version: '1.0',
      hold: { by: 'requirements', explanation: expect.stringContaining('lib<2') },
    });
    expect(await whyCell('lib', facts('way\nlib\n', { prereleasePackages: { way: 'allow' } }))).toMatchObject({
      version: '2.0',
    });
  });

  it('says when it is the newest', async () => {
    expect(await whyCell('lib', facts('lib\n'))).toMatchObject({ version: '2.0', hold: { by: 'nothing' } });
  });

  it.each<[string, string, Partial<CellFacts>, object | undefined]>([
    ['a release without a wheel', 'made', {}, [{ by: 'sdist', version: '2.0' }]],
    ['a later one of an exempt package', 'made', { exempt: { Made: '2026-07-01T00:00:00Z' } }, [{ version: '3.0' }]],
    ['a pre-release', 'early', {}, [{ by: 'prerelease', version: '2.0rc1' }]],
    ['no pre-release that is taken', 'early', { prereleasePackages: { Early: 'allow' } }, undefined],
    ['wheels for a newer Linux', 'fresh', {}, [{ by: 'platform', version: '2.0', needs: 'manylinux_2_31' }]],
    ['no wheels for the Linux it is for', 'fresh', { linux: 'manylinux_2_31' }, undefined],
    ['nothing where there is nothing', 'lib', {}, undefined],
  ])('names what the mode passes over, and builds nothing: %s', async (_what, name, more, hidden) => {
    const answer = await whyCell(name, facts(`${name}\n`, more));
    expect(answer).toMatchObject({ hold: { by: 'nothing' }, ...(hidden && { hidden }) });
    if (hidden === undefined) expect(answer).not.toHaveProperty('hidden');
    expect(index.requests.filter((path) => path.startsWith('/files/') && path.endsWith('.zip'))).toEqual([]);
  });

  it('says so where the index does not tell what is passed over', async () => {
    index.plant('/made/', (request, response) => {
      if (request.headers['user-agent']?.startsWith('uv/') === true) return false;
      response.writeHead(403).end();
      return true;
    });
    const answer = await whyCell('made', facts('made\n'));
    index.plant('/made/', undefined);
    expect(answer).toMatchObject({
      version: '1.0',
      hidden: [{ by: 'unknown', reason: expect.stringContaining('answered 403') }],
    });
  });

  it.each<[string, string, Partial<CellFacts>, object]>([
    ['its kept pin', 'lib\n', { keep: 'lib==1.0\nlocalv==1.0\n' }, { by: 'kept' }],
    [
      'the kept pin of another',
      'switch\nlib\n',
      { keep: 'lib==1.0\nswitch==1.0\n' },
      { by: 'choice', changes: [{ name: 'lib' }, { name: 'switch', from: '1.0', to: '2.0' }] },
    ],
    ['the lowest rule', 'lib\n', { resolution: 'lowest' }, { by: 'resolution', resolution: 'lowest' }],
    ['the lowest rule, of a direct one', 'lib\n', { resolution: 'lowest-direct' }, { by: 'resolution' }],
    [
      'what a lowest one requires',
      'switch\n',
      { resolution: 'lowest-direct' },
      { by: 'choice', changes: [{ name: 'lib' }, { name: 'switch', from: '1.0', to: '2.0' }] },
    ],
  ])('tells apart why the resolver chose otherwise: %s', async (_why, text, more, hold) => {
    expect(await whyCell('lib', facts(text, more))).toMatchObject({ version: '1.0', newest: '2.0', hold });
  });

  it.each(['lib==1.0\n', 'Lib<2\n'])('names the file of an override, which decides: %j', async (text) => {
    expect(await whyCell('lib', facts('lib\n', { overrides: [{ path: 'overrides.txt', text }] }))).toMatchObject({
      version: '1.0',
      newest: '2.0',
      hold: { by: 'override', files: ['overrides.txt'] },
    });
  });

  it('asks for a release with a local part by its public one', async () => {
    expect(
      await whyCell('localv', facts('localv\n', { limits: [{ bound: 'localv<1.1', reason: 'a test' }] })),
    ).toMatchObject({
      newest: '1.1+cpu',
      hold: { by: 'requirements', explanation: expect.stringContaining('localv<1.1') },
    });
  });

  it.each([
    ['nothing requires it', 'stranger', {}, { kind: 'absent' }],
    ['the cell freezes an image', 'lib', { image: 'ci' }, { kind: 'frozen', image: 'ci' }],
  ])('says so when %s', async (_name, name, more, expected) => {
    expect(await whyCell(name, facts('app\n', more))).toEqual(expected);
  });

  it.each([
    ['it has no solution', 'app\nlib>=2\n', 'no constraints for core'],
    [
      'it asks for an extra that is missing',
      'app[gone]\n',
      'core.in asks for app[gone], and app==1.0 has no such extra',
    ],
    ['an index gives no upload times', 'undated\n', 'undated-2.0-py3-none-any.whl has no upload time'],
  ])('fails as the cell does when %s', async (_name, text, message) => {
    await expect(whyCell('undated', facts(text))).rejects.toMatchObject({
      code: 'ResolveFailed',
      message: expect.stringContaining(message),
    });
  });
});
