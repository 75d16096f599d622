import type { TaskGraph } from '@nx/devkit';
import type { Config } from '@nx-ci-cache/config';
import { commitMessage } from './commit-message';
import type { StepContext } from './context';
import { requireGates } from './gates';
import { previewReason } from './preview';
import { targetBranch } from './target-branch';

const off = { dryRun: false, answer: false, force: false };
const normal = { switches: off, ci: true, pullRequest: false, ruled: true, sourceBranch: 'main' };

describe('previewReason', () => {
  it.each([
    ['a merge to a ruled branch in CI', normal, undefined],
    ['a person who answered yes', { ...normal, ci: false, switches: { ...off, answer: true } }, undefined],
    ['a person who did not answer', { ...normal, ci: false }, 'CI_CACHE_ANSWER=yes'],
    [
      'a pull request, whoever says yes',
      { ...normal, pullRequest: true, switches: { ...off, answer: true } },
      'pull request',
    ],
    [
      'a dry run, whoever says yes',
      { ...normal, switches: { ...off, answer: true, dryRun: true } },
      'CI_CACHE_DRY_RUN',
    ],
    ['a branch outside the rules', { ...normal, ruled: false, sourceBranch: 'topic' }, 'covers branch topic'],
    ['a detached checkout', { ...normal, ruled: false, sourceBranch: undefined }, 'covers a detached checkout'],
  ])('for %s', (_name, circumstances, words) => {
    const reason = previewReason(circumstances);
    if (words === undefined) expect(reason).toBeUndefined();
    else expect(reason).toContain(words);
  });
});

describe('targetBranch', () => {
  const rules = [
    { from: 'v(\\d+)-(\\d+)-stable', to: 'constraints-$1-$2' },
    { from: 'main', to: 'constraints-main' },
  ];
  const place = { file: 'f', key: 'push.branches' };

  it.each([
    ['main', { branch: 'constraints-main', source: 'main', ruled: true }],
    ['v3-1-stable', { branch: 'constraints-3-1', source: 'v3-1-stable', ruled: true }],
    ['topic', { branch: 'constraints-main', source: 'main', ruled: false }],
    [undefined, { branch: 'constraints-main', source: 'main', ruled: false }],
  ])('of %s', (source, target) => {
    expect(targetBranch(rules, source, place)).toEqual(target);
  });

  it('is refused when no rule is plain', () => {
    expect(() => targetBranch(rules.slice(0, 1), 'topic', place)).toThrow('push.branches = "topic"');
  });
});

describe('requireGates', () => {
  const config = {
    file: 'apps/a/ci-cache.json',
    modes: [{ name: 'core', requirements: [], allowSdist: [] }],
    pythons: ['3.13'],
    push: { gates: ['api:test', 'a:lint'] },
  } as unknown as Config;
  const cell = 'a:generate-constraints--core-3.13';
  const dependencies = {
    'a:push-constraints': ['a:check-constraints', 'api:test', 'a:lint'],
    'a:check-constraints': ['a:generate-constraints'],
    'a:generate-constraints': [cell],
    'api:test': ['a:generate-constraints'],
    'a:lint': [],
    [cell]: [],
  };
  const judge = (graph: Record<string, string[]>) =>
    requireGates({
      config,
      projectName: 'a',
      taskGraph: { dependencies: graph } as unknown as TaskGraph,
    } as StepContext);

  it('says which gates passed and which of them used the files', () => {
    expect(judge(dependencies)).toBe('api:test, a:lint (api:test used these files)');
    expect(judge({ ...dependencies, 'api:test': [cell].slice(1) })).toBe('api:test, a:lint (sources only)');
  });

  it.each([
    [
      'everything, when dependencies are excluded',
      { 'a:push-constraints': [] },
      `${cell}, a:check-constraints, api:test, a:lint`,
    ],
    [
      'a misspelt gate',
      { ...dependencies, 'a:push-constraints': ['a:check-constraints', 'a:lint'] },
      'contain api:test,',
    ],
    ['a cell', { ...dependencies, 'a:generate-constraints': [], 'api:test': [] }, `contain ${cell},`],
    ['the check', { ...dependencies, 'a:push-constraints': ['api:test', 'a:lint'] }, 'contain a:check-constraints,'],
  ])('refuses a run that lacks %s', (_name, graph, words) => {
    expect(() => judge(graph)).toThrow(words);
  });

  it('counts a gate only when it comes before the push', () => {
    const beside = {
      ...dependencies,
      'a:push-constraints': ['a:check-constraints', 'a:lint'],
      'api:test': ['a:push-constraints'],
    };
    expect(() => judge(beside)).toThrow('api:test');
  });
});

describe('commitMessage', () => {
  it('names files, sources, cut-off and gates', () => {
    const changes = {
      run: 'r',
      result: 'changed' as const,
      digests: {},
      files: [
        {
          file: 'core-3.13.txt',
          published: true,
          unchanged: 2,
          changes: [{ name: 'a', kind: 'upgraded' as const, from: '1', to: '2' }],
        },
        { file: 'core-3.11.txt', published: true, unchanged: 3, changes: [] },
        { file: 'core-3.12.txt', published: false, unchanged: 0, changes: [] },
      ],
    };
    expect(commitMessage({ changes, cutoff: '2026-05-01T00:00:00Z', sourceCommit: 'c0ffee', tested: 'api:test' })).toBe(
      [
        'Update 2 constraint files',
        '',
        '- core-3.13.txt: 1 pins changed',
        '- core-3.12.txt: new',
        '',
        'Resolved from c0ffee with releases up to 2026-05-01T00:00:00Z.',
        'Gates: api:test',
      ].join('\n'),
    );
  });
});
