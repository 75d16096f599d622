import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { configKeys } from '@nx-ci-cache/config';
import schema from '@nx-ci-cache/config/src/ci-cache.schema.json';
import { refuseOtherOptions } from './options';
import { projectConfig } from './project-config';

const whole = {
  pythons: ['3.13'],
  constraints: { modes: { core: { requirements: ['{workspaceRoot}/core.in'] } } },
  push: { branches: [{ from: 'main', to: 'constraints-main' }] },
};

describe('projectConfig', () => {
  let root: string;

  const configOf = (files: Readonly<Record<string, object>>) => {
    for (const [path, value] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), JSON.stringify(value));
    }
    return projectConfig('app', root);
  };
  const byHand = (options: object) => ({ targets: { look: { executor: 'nx-ci-cache:snapshot', options } } });

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'project-config-'));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it.each([
    ['ci-cache.json', { 'app/ci-cache.json': whole }, 'app/ci-cache.json'],
    ['options in project.json', { 'app/project.json': byHand(whole) }, 'app/project.json'],
    ['options in package.json', { 'app/package.json': { nx: byHand(whole) } }, 'app/package.json'],
  ])('reads %s, paths of the workspace and all', (_place, files, file) => {
    const { files: read, modes } = configOf(files);
    expect(read).toEqual([file]);
    expect(modes[0]?.requirements).toEqual(['{workspaceRoot}/core.in']);
  });

  it('puts a key of the options in the place of the same key of ci-cache.json, under whatever name', () => {
    const targets = { 'ci-snapshot': { options: { pythons: ['3.12'] } }, lint: { options: { fix: true } } };
    const { pythons, modes, file } = configOf({ 'app/ci-cache.json': whole, 'app/project.json': { targets } });
    expect({ pythons, modes: modes.length }).toEqual({ pythons: ['3.12'], modes: 1 });
    expect(file).toBe('app/ci-cache.json with options in app/project.json');
  });

  it('says where a wrong option stands, and how a project without any gets one', () => {
    expect(() => configOf({ 'app/project.json': byHand({ ...whole, pythons: '3.13' }) })).toThrow(
      'app/project.json: pythons = "3.13"',
    );
    expect(() => configOf({ 'app/project.json': byHand({}) })).toThrow(
      expect.objectContaining({
        message: expect.stringContaining('app/ci-cache.json is missing, and no target has its keys as options'),
        remedy: expect.stringContaining('Create app/ci-cache.json'),
      }),
    );
  });

  it('refuses options that come from elsewhere: the other targets would not have them', () => {
    configOf({ 'app/project.json': byHand(whole) });
    expect(() => refuseOtherOptions({ ...whole, 'dry-run': true, answer: 'yes' }, 'app', root)).not.toThrow();
    expect(() => refuseOtherOptions({ ...whole, index: {} }, 'app', root)).toThrow(
      'options of look: index = {}\n  allowed: a key in "options" of the target itself',
    );
  });
});

it('knows every key of the schema', () => {
  expect(['$schema', ...configKeys]).toEqual(Object.keys(schema.properties));
});
