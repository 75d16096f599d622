import type { Config, Mode } from '@nx-ci-cache/records';
import { filesIn } from '../testing/source-files';
import { readInputs } from './inputs';
import { recorded } from './source-files';

const config = { file: 'apps/x/ci-cache.json', projectRoot: 'apps/x', pythons: ['3.13'] } as unknown as Config;

const read = (files: Readonly<Record<string, string>>, mode: Partial<Mode> = {}) => {
  const found = recorded(filesIn(files));
  const written = { name: 'core', requirements: ['all.in'], allowSdist: [], ...mode };
  return { ...readInputs({ files: found, config, mode: written }), files: found.asked() };
};

describe('files that lines lead to', () => {
  it('are segments under their own names and line numbers, in the order pip reads them in', () => {
    const { requirements, constraints, files } = read({
      'apps/x/all.in': 'first\n-r base/core.in  # what all need\n--constraint=../../bounds.txt\nlast\n',
      'apps/x/base/core.in': '-rmore.in\ncore\n',
      'apps/x/base/more.in': '# nothing else\nmore\n',
      'bounds.txt': 'more<2\n-r deeper.txt\n',
      'deeper.txt': 'core<3\n',
    });
    expect(requirements).toEqual([
      { path: 'all.in', text: 'first\n' },
      { path: 'base/more.in', text: '# nothing else\nmore\n' },
      { path: 'base/core.in', text: '\ncore\n' },
      { path: 'all.in', text: '\n\n\nlast\n' },
    ]);
    expect(constraints).toEqual([
      { path: '{workspaceRoot}/bounds.txt', text: 'more<2\n' },
      { path: '{workspaceRoot}/deeper.txt', text: 'core<3\n' },
    ]);
    expect(files).toEqual(['apps/x/all.in', 'apps/x/base/core.in', 'apps/x/base/more.in', 'bounds.txt', 'deeper.txt']);
  });

  it.each([
    '-r core.in',
    '-rcore.in',
    '--requirement core.in',
    '--requirement=core.in',
    '-r "core.in"',
    ' -r\tcore.in #c',
  ])('are found behind %j', (line) => {
    const { requirements } = read({ 'apps/x/all.in': `${line}\n`, 'apps/x/core.in': 'a\n' });
    expect(requirements).toEqual([{ path: 'core.in', text: 'a\n' }]);
  });

  it('are taken once, whoever leads to them', () => {
    const files = {
      'apps/x/one.in': '-r core.in\none\n',
      'apps/x/two.in': '-r core.in\n-c pins.txt\ntwo\n',
      'apps/x/core.in': '-c pins.txt\na\n',
      'apps/x/pins.txt': 'a==1\n',
    };
    const { requirements, constraints } = read(files, { requirements: ['one.in', 'two.in', 'core.in'] });
    expect(requirements.map(({ path }) => path)).toEqual(['core.in', 'one.in', 'two.in']);
    expect(constraints.map(({ path }) => path)).toEqual(['pins.txt']);
  });

  it('bound nothing more where an override leads to them', () => {
    const files = { 'apps/x/all.in': 'a\n', 'apps/x/over.txt': '-r more.txt\n-c pins.txt\n' };
    const more = { 'apps/x/more.txt': 'a==2\n', 'apps/x/pins.txt': 'b==1\n' };
    const found = read({ ...files, ...more }, { resolving: { overrides: ['over.txt'] } });
    expect(found.overrides).toEqual([{ path: 'more.txt', text: 'a==2\n' }]);
    expect(found.constraints).toEqual([{ path: 'pins.txt', text: 'b==1\n' }]);
  });

  it.each<[string, Readonly<Record<string, string>>, ...string[]]>([
    ['one that is missing', { 'all.in': 'a\n-r no.in\n' }, 'apps/x/all.in: line 2 = "no.in"', 'Create apps/x/no.in'],
    [
      'one that leads back',
      { 'all.in': '-r b.in\n', 'b.in': 'a\n-r all.in\n' },
      'apps/x/b.in: line 2 = "all.in"',
      'apps/x/all.in → apps/x/b.in → apps/x/all.in',
    ],
    ['itself', { 'all.in': '-r ./all.in\n' }, 'apps/x/all.in: line 1'],
    ['one out of the workspace', { 'all.in': '-c ../../../x.txt\n' }, 'line 1 = "../../../x.txt"', 'Commit the file'],
    ['a URL, of which nothing is shown', { 'all.in': '-c https://u:word@h/x.txt\n' }, 'line 1 = "https…"'],
    ['one of this machine', { 'all.in': '-r /etc/x.in\n' }, 'line 1 = "/etc/x.in"'],
    ['nothing', { 'all.in': '-r\n' }, 'line 1 = "-r"', 'Name a file behind it'],
    [
      'an option in it',
      { 'all.in': '-r b.in\n', 'b.in': 'a\n--pre\n' },
      'apps/x/b.in: line 2 = "--pre"',
      '"prerelease"',
    ],
    ['files that require nothing', { 'all.in': '-r b.in\n', 'b.in': '# none\n' }, 'at least one requirement'],
  ])('are refused: %s', (_what, files, ...says) => {
    const inProject = Object.fromEntries(Object.entries(files).map(([name, text]) => [`apps/x/${name}`, text]));
    let said = 'accepted';
    try {
      read(inProject);
    } catch (error) {
      const { message, remedy } = error as Error & { readonly remedy: string };
      said = `${message}\n${remedy}`;
    }
    for (const each of says) expect(said).toContain(each);
    expect(said).not.toContain('word');
  });
});
