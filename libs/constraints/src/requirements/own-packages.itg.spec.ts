import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gitEnvironment } from '@nx-ci-cache/process/src/testing/git-environment';
import { findOwnPackages } from './own-packages';

describe('findOwnPackages', () => {
  let root: string;
  const git = (...args: string[]) => execFileSync('git', args, { cwd: root, env: gitEnvironment });
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'nx-ci-cache-own-'));
    git('init', '--quiet');
  });
  afterEach(() => rm(root, { recursive: true }));

  const project = (name: string, more = '') => `[project]\nname = "${name}"\n${more}`;

  it('finds every name a tool could read, and takes no odd file for one', async () => {
    const files = {
      'a/pyproject.toml': project('Acme_A'),
      'marked/pyproject.toml': `\ufeff${project('marked')}`,
      'large/pyproject.toml': project('large', '[tool.x]\nn = 9223372036854775807\n'),
      'template/pyproject.toml': project('<your-package>*'),
      'bracket/pyproject.toml': project('('),
      'star/pyproject.toml': project('*'),
      'broken/pyproject.toml': '[project',
      'gone/pyproject.toml': project('gone'),
    };
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), text);
    }
    git('add', '.');
    await rm(join(root, 'gone'), { recursive: true });
    expect(await findOwnPackages(root)).toEqual(['acme-a', 'large', 'marked']);
  });
});
