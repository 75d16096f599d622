import type { CellFacts, Mode } from '@nx-ci-cache/records';
import { readInputs } from '../requirements/inputs';
import { cellFacts, pinLines, useFreshCache } from '../testing/cell';
import { startIndex, type LocalIndex } from '../testing/local-index';
import { filesIn } from '../testing/source-files';
import { resolveCell } from './resolve';

const config = { file: 'app/ci-cache.json', projectRoot: 'app', pythons: ['3.13'], index: {} };

describe('members of the workspace', () => {
  useFreshCache();
  let index: LocalIndex;
  beforeAll(async () => {
    index = await startIndex([
      ...['alpha', 'beta', 'gamma'].map((name) => ({ name, version: '1.0' })),
      { name: 'gamma', version: '2.0' },
      // A stranger's, which must not stand in for the member.
      { name: 'acme-core', version: '9.0', requires: ['beta'] },
      { name: 'plugin', version: '1.0', requires: ['acme-core[fast]<2'] },
    ]);
  });
  afterAll(() => index.close());

  const resolve = (files: Readonly<Record<string, string>>, requirements: Mode['requirements'] = ['all.in']) => {
    const mode = { name: 'core', requirements, allowSdist: [] };
    const {
      members: wheels,
      notes: _notes,
      excludes: _none,
      ...inputs
    } = readInputs({ files: filesIn(files), config, mode });
    return resolveCell({
      ...cellFacts(index.url, { requires: [], ownPackages: ['acme-core', 'app'] }),
      ...inputs,
      wheels,
    } as CellFacts);
  };
  const core =
    '[project]\nname = "acme-core"\nversion = "1.0"\ndependencies = ["alpha"]\n' +
    '[project.optional-dependencies]\nfast = ["acme-core[more]"]\nmore = ["gamma<2"]\n';

  it('are required with their extras, which require extras, and are not in the file', async () => {
    const { text, leftOut } = await resolve({
      'core/pyproject.toml': core,
      'app/all.in': '-e ../core[fast]\nplugin\n',
    });
    expect(pinLines(text)).toEqual(['alpha==1.0', 'gamma==1.0', 'plugin==1.0']);
    expect(leftOut).toEqual(['acme-core==1.0']);
  });

  it('stand in for what a project of a uv workspace and its groups require', async () => {
    const app =
      '[project]\nname = "app"\ndynamic = ["version"]\ndependencies = ["acme-core"]\n' +
      '[project.optional-dependencies]\ntest = ["gamma"]\n[dependency-groups]\ndev = ["app[test]>=3"]\n' +
      '[tool.uv.sources]\nacme-core = { workspace = true }\n[tool.uv]\nconstraint-dependencies = ["gamma<2"]\n' +
      '[tool.uv.workspace]\nmembers = ["../core"]\n';
    const files = { 'core/pyproject.toml': core, 'app/pyproject.toml': app };
    const { text, leftOut } = await resolve(files, [{ pyproject: 'pyproject.toml', groups: ['dev'] }]);
    expect(pinLines(text)).toEqual(['alpha==1.0', 'gamma==1.0']);
    expect(leftOut).toEqual(['acme-core==1.0', 'app==3']);
  });

  it('and files that lines lead to are named in what the resolver says', async () => {
    const files = {
      'app/all.in': 'alpha\n-c bounds.txt\n-r more.in\n',
      'app/more.in': 'gamma>1\n',
      'app/bounds.txt': 'gamma<2\n',
    };
    await expect(resolve(files)).rejects.toMatchObject({ remedy: 'Loosen all.in or more.in.' });
    const solved = await resolve({ ...files, 'app/more.in': 'gamma\n' });
    expect(pinLines(solved.text)).toEqual(['alpha==1.0', 'gamma==1.0']);
    expect(solved.held).toEqual([
      expect.objectContaining({ name: 'gamma', cause: { by: 'bound', of: ['bounds.txt'] } }),
    ]);
  });
});
