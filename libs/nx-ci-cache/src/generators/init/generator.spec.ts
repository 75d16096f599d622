import { logger } from '@nx/devkit';
import { createTreeWithEmptyWorkspace } from '@nx/devkit/testing';
import init from './generator';

const texts = (files: Readonly<Record<string, string>>) => {
  const tree = createTreeWithEmptyWorkspace();
  for (const [file, text] of Object.entries(files)) tree.write(file, text);
  return tree;
};

const nxJson = `{
    // what everybody's tasks go by
    "namedInputs": { "default": ["{projectRoot}/**/*"] },
    "plugins": ["@nx/js"]
}
`;

describe('init', () => {
  it('adds the plugin behind the others, and leaves comments and indentation alone', async () => {
    const tree = texts({ 'nx.json': nxJson });
    await init(tree, { skipTools: true });
    expect(tree.read('nx.json', 'utf8')).toBe(nxJson.replace('["@nx/js"]', '["@nx/js", "nx-ci-cache"]'));
  });

  it.each<[what: string, plugins: unknown]>([
    ['by its name', ['nx-ci-cache']],
    ['with options', [{ plugin: 'nx-ci-cache', options: {} }]],
  ])('changes nothing where it is there already %s', async (_what, plugins) => {
    const text = JSON.stringify({ plugins });
    const tree = texts({ 'nx.json': text });
    await init(tree, { skipTools: true });
    expect(tree.read('nx.json', 'utf8')).toBe(text);
  });

  it('gives the same when it runs twice', async () => {
    const tree = texts({});
    await init(tree, { skipTools: true });
    const once = tree.listChanges().map(({ path, content }) => [path, content?.toString()]);
    await init(tree, { skipTools: true });
    expect(tree.listChanges().map(({ path, content }) => [path, content?.toString()])).toEqual(once);
    expect(JSON.parse(tree.read('nx.json', 'utf8') ?? '')).toMatchObject({ plugins: ['nx-ci-cache'] });
  });

  it.each<[before: string, after: string]>([
    ['', 'dist\n.nx/cache\n.nx/workspace-data\n'],
    ['node_modules', 'node_modules\ndist\n.nx/cache\n.nx/workspace-data\n'],
    ['/dist/\n.nx\n', '/dist/\n.nx\n'],
    ['dist\n.nx/cache\n', 'dist\n.nx/cache\n.nx/workspace-data\n'],
  ])('ignores what tasks write: %j', async (before, after) => {
    const tree = texts({ '.gitignore': before });
    await init(tree, { skipTools: true });
    expect(tree.read('.gitignore', 'utf8')).toBe(after);
  });

  it('names a file that is no JSON', async () => {
    const tree = texts({ 'nx.json': '{' });
    await expect(init(tree, { skipTools: true })).rejects.toThrow(
      'OptionInvalid: nx.json is no JSON\n  → Correct nx.json.',
    );
  });

  it('says which tools are missing and what to do, and succeeds', async () => {
    const said: string[] = [];
    jest.spyOn(logger, 'warn').mockImplementation((text) => said.push(text));
    jest.spyOn(logger, 'info').mockImplementation((text) => said.push(text));
    const { PATH, CI_CACHE_UV, CI_CACHE_BUILDX } = process.env;
    Object.assign(process.env, { PATH: '/nowhere', CI_CACHE_UV: '', CI_CACHE_BUILDX: '' });
    try {
      (await init(texts({}), {}))?.();
    } finally {
      for (const [name, value] of Object.entries({ PATH, CI_CACHE_UV, CI_CACHE_BUILDX })) {
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
      }
    }
    expect(said.map((text) => text.split('\n')[0])).toEqual([
      'This machine has not git 2.38 or newer: every step reads the checkout',
      'This machine has not uv 0.13 or newer: it resolves the constraints',
      'This machine has not buildx: it builds images; constraints alone need none',
      'Next: npx nx generate nx-ci-cache:configuration',
    ]);
  });
});
