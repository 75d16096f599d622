import { commitTagPatterns } from './commit-tags';
import { parseConfig } from './read';

const commit = 'a'.repeat(40);
const patternsOf = (tags: readonly string[], repository = 'registry.example.com/{branch}/python{python}') => {
  const image = { dockerfile: 'Dockerfile', repository, cache: 'registry.example.com/cache:{python}', tags };
  const config = parseConfig(
    JSON.stringify({
      pythons: ['3.13'],
      constraints: { modes: { core: { requirements: ['core.in'] } } },
      push: { branches: [{ from: 'main', to: 'constraints-main' }] },
      images: { ci: image },
    }),
    'app',
  );
  return commitTagPatterns(config, { image: 'ci', python: '3.11' }, { branch: 'main', environment: {} });
};

it.each<[string, string, string | undefined]>([
  ['{commit}', commit, commit],
  ['{commit}', 'b'.repeat(64), 'b'.repeat(64)],
  ['{commit}', commit.slice(1), undefined],
  ['{commit}', `${commit}-mine`, undefined],
  ['{commit}', `leg--${commit}`, undefined],
  ['{image}-{python}-{commit}', `ci-3.11-${commit}`, commit],
  ['{image}-{python}-{commit}', `ci-3x11-${commit}`, undefined],
  ['{image}-{python}-{commit}', `ci-3.13-${commit}`, undefined],
  ['{branch}.{commit}-{constraints}', `main.${commit}-0123456789ab`, commit],
  ['{branch}.{commit}-{constraints}', `main.${commit}-latest`, undefined],
  ['{commit}-{commit}', `${commit}-${commit}`, commit],
  ['{commit}-{commit}', `${commit}-${'b'.repeat(40)}`, undefined],
])('%s: %s', (template, tag, found) => {
  const { repository, patterns } = patternsOf([template, 'latest']);
  expect(repository).toBe('registry.example.com/main/python3.11');
  expect(patterns.flatMap((pattern) => pattern.exec(tag)?.[1] ?? [])).toEqual(found === undefined ? [] : [found]);
});

it('are none where no tag names the commit, or the repository does', () => {
  expect(patternsOf(['latest']).patterns).toEqual([]);
  expect(patternsOf(['{commit}'], 'registry.example.com/{commit}').patterns).toEqual([]);
});
