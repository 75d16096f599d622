import type { Tree } from '@nx/devkit';
import { createTreeWithEmptyWorkspace } from '@nx/devkit/testing';
import configuration, { type ConfigurationOptions } from './generator';

const workspaceWith = (files: Readonly<Record<string, string>>): Tree => {
  const tree = createTreeWithEmptyWorkspace();
  for (const [file, text] of Object.entries(files)) tree.write(file, text);
  return tree;
};

describe('what is refused, with nothing written', () => {
  const files = { 'api/requirements.in': 'requests\n', 'api/project.json': '{ "name": "api" }' };

  it.each<[what: string, more: Readonly<Record<string, string>>, options: Partial<ConfigurationOptions>, says: RegExp]>(
    [
      ['a project that is none', {}, { project: 'apy' }, /--project = "apy"[^]*perhaps api\n {2}→ Correct --project\./],
      ['a folder elsewhere', {}, { project: '../x' }, /--project = "\.\.\/x"/],
      ['a Python of another form', {}, { pythons: '3.11,python3' }, /--pythons = "python3"\n {2}allowed: .*X\.Y/],
      ['an image without a place', {}, { image: true }, /--registry is missing[^]*→ Give --registry, or --image=false/],
      ['a registry of another form', {}, { registry: 'https://x y' }, /images\.ci\.repository = /],
      ['branches with no name for theirs', {}, { branch: 'v(\\d+)' }, /--constraintsBranch is missing/],
      ['a file that is not there', {}, { requirements: 'x.in' }, /x\.in: there is no such file/],
      ['a file with options', { 'api/x.in': '--pre\n' }, { requirements: 'x.in' }, /api\/x\.in: line 1 = "--pre"/],
      [
        'nothing to resolve',
        { 'api/requirements.in': '# none\n' },
        {},
        /no file says what the project requires[^]*--req/,
      ],
      ['a ci-cache.json that is there', { 'api/ci-cache.json': '{}' }, {}, /is there already\n {2}→ Give --force/],
      [
        'an image copied from that only the build would know',
        { 'api/Dockerfile': 'FROM scratch\nCOPY --from=acme/tool:$V /x /x\n' },
        { registry: 'r.example.com/a' },
        /api\/Dockerfile:2: .*BuildKit fills in no variable/,
      ],
    ],
  )('%s', async (_what, more, options, says) => {
    const tree = workspaceWith({ ...files, ...more });
    const before = tree.listChanges().length;
    await expect(configuration(tree, { project: 'api', ...options })).rejects.toThrow(says);
    expect(tree.listChanges()).toHaveLength(before);
  });
});
