import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gitEnvironment } from '@nx-ci-cache/process/src/testing/git-environment';
import { stackEnv } from '@nx-ci-cache/testbed';
import { git } from './support/git';
import { commandBlocks, commandLines, pages } from './support/page';
import { e2eStack, Workspace } from './support/workspace';

/** Pages whose commands begin in a world of their own, and the spec that takes them from the page. */
const elsewhere: Readonly<Record<string, string>> = {
  'README.md': 'demo.spec.ts',
  'docs/getting-started.md': 'generators.spec.ts',
};

/** The first of them makes what the others talk of. */
const first = 'docs/refresh.md';
const here = pages().filter((page) => !(page in elsewhere) && page !== first && commandBlocks(page).length > 0);

/** What a page takes for granted beside a project that was refreshed once. */
const given: Readonly<Record<string, (workspace: Workspace) => Promise<unknown>>> = {
  'docs/branch-protection.md': ({ folder }) => git(folder, 'init', '--quiet', '--bare', 'repository.git'),
  'docs/import.md': async (workspace) => {
    const pins = await workspace.published('show', 'constraints-main:core-3.13.txt');
    workspace.write({ 'upper-constraints.txt': `${pins}\n` });
    await workspace.commit('constraints of ours');
    await workspace.git('push', '--quiet', workspace.remote, 'HEAD:refs/heads/master');
  },
};

describe('the commands of a page run as they stand:', () => {
  let workspace: Workspace;
  const known = new Set<string>();

  const run = async (page: string) => {
    const { GIT_CONFIG_NOSYSTEM: _, HOME: _home, PATH: _path, ...identity } = gitEnvironment;
    const commit = await workspace.git('rev-parse', 'HEAD');
    // What another page has run already in this world says nothing new.
    const anew = commandBlocks(page).filter((block) => commandLines(block).some((line) => !known.has(line)));
    for (const block of anew) {
      for (const line of commandLines(block)) known.add(line);
      // What a reader puts in the place of `<…>`.
      const line = block.replace('<remote>', workspace.remote).replace(/<newest commit of [^>]*>/, commit);
      expect(line).not.toMatch(/<[a-z …]+>/);
      const { exitCode, all } = await workspace.shell(line, {
        ...identity,
        CI_CACHE_ANSWER: '',
        CI_CACHE_BUILDKITD: join(dirname(stackEnv(e2eStack())['CI_CACHE_BUILDX'] ?? ''), 'buildkitd'),
        // The page of `refresh` shows what a CI runs; all others, what a person does.
        CI: page === first ? 'true' : 'false',
      });
      expect({ page, line, exitCode, all: exitCode === 0 ? '' : all }).toEqual({ page, line, exitCode: 0, all: '' });
    }
  };

  beforeAll(async () => {
    workspace = await Workspace.create();
    const named = (path: string) =>
      workspace.read(path).replaceAll('"app"', '"ci-cache"').replace('app:gate', 'ci-cache:gate');
    const configuration = JSON.parse(named('app/ci-cache.json')) as {
      platforms: string[];
      builder: { nodes: object[] };
    };
    configuration.platforms = ['linux/amd64'];
    configuration.builder.nodes.splice(1);
    workspace.write({
      'app/ci-cache.json': JSON.stringify(configuration),
      'app/project.json': named('app/project.json'),
      'app/core.in': 'iniconfig\nurllib3\n',
    });
    await workspace.git('remote', 'add', 'origin', workspace.remote);
    await workspace.commit('the names of the pages');
    await run(first);
  });

  it.each(here)('%s', async (page) => {
    await given[page]?.(workspace);
    await run(page);
  });

  it('those that begin elsewhere, in the spec that is named here', () => {
    for (const [page, spec] of Object.entries(elsewhere))
      expect(readFileSync(join(__dirname, spec), 'utf8')).toContain(`commandBlocks('${page}')`);
  });
});
