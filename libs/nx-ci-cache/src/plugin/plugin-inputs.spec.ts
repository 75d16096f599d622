import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pluginInputs } from './plugin-inputs';
import { projectName } from './project-name';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'plugin-inputs-'));
});
afterEach(() => rmSync(home, { recursive: true }));

const write = (path: string, value: object) => {
  mkdirSync(join(home, path, '..'), { recursive: true });
  writeFileSync(join(home, path), JSON.stringify(value));
};

describe('pluginInputs', () => {
  const installed = [{ externalDependencies: ['nx-ci-cache'] }];

  it.each([
    ['a folder, as npm and yarn do', undefined],
    [
      'a link into its own node_modules, as pnpm does',
      'w/node_modules/.pnpm/nx-ci-cache@1.0.0/node_modules/nx-ci-cache',
    ],
    ['a link to a store elsewhere', 'store/nx-ci-cache'],
    ['a link to a checkout elsewhere', 'checkout/libs/nx-ci-cache'],
  ])('is its version when it is installed as %s', (_name, target) => {
    write(`${target ?? 'w/node_modules/nx-ci-cache'}/package.json`, { name: 'nx-ci-cache' });
    mkdirSync(join(home, 'w/node_modules'), { recursive: true });
    if (target !== undefined) symlinkSync(join(home, target), join(home, 'w/node_modules/nx-ci-cache'));
    expect(pluginInputs(join(home, 'w'))).toEqual(installed);
  });

  it('is its version when it lies nowhere', () => expect(pluginInputs(home)).toEqual(installed));

  it('is its source where it is developed, also when the workspace is reached by a link', () => {
    write('w/libs/nx-ci-cache/package.json', { devDependencies: { '@nx-ci-cache/config': '*', execa: '9' } });
    mkdirSync(join(home, 'w/node_modules'));
    symlinkSync('../libs/nx-ci-cache', join(home, 'w/node_modules/nx-ci-cache'));
    symlinkSync('w', join(home, 'link'));
    for (const root of ['w', 'link'])
      expect(pluginInputs(join(home, root))).toEqual([
        { input: 'default', projects: ['nx-ci-cache', '@nx-ci-cache/config'] },
      ]);
  });
});

describe('projectName', () => {
  it.each([
    ['project.json', { name: 'a' }, { name: 'b' }, 'a'],
    ['package.json, when project.json has none', {}, { name: '@acme/b' }, '@acme/b'],
    ['the folder', {}, {}, 'workspace'],
  ])('is that of %s, at the root too', (_name, project, json, expected) => {
    for (const [root, folder] of [
      ['.', 'workspace'],
      ['apps/workspace', 'workspace/apps/workspace'],
    ] as const) {
      write(`${folder}/project.json`, project);
      write(`${folder}/package.json`, json);
      expect(projectName(root, join(home, 'workspace'))).toBe(expected);
    }
  });

  it('is the folder where there is neither, or what is no JSON', () => {
    expect(projectName('apps/x', home)).toBe('x');
    mkdirSync(join(home, 'y'));
    writeFileSync(join(home, 'y/project.json'), '{');
    expect(projectName('y', home)).toBe('y');
  });
});
