import { parseConfig } from '@nx-ci-cache/config';
import { formerOf } from './former-legs';

const configOf = (pythons: readonly string[], repository: string, images: readonly string[] = ['ci']) =>
  parseConfig(
    JSON.stringify({
      pythons,
      constraints: { modes: { core: { requirements: ['core.in'] } } },
      push: { branches: [{ from: 'main', to: 'constraints-main' }] },
      images: Object.fromEntries(
        images.map((name) => [name, { dockerfile: 'Dockerfile', repository, cache: `${repository}/cache:{platform}` }]),
      ),
    }),
    'app',
  );
const run = { branch: 'main', commit: 'c'.repeat(40), environment: { CI_CACHE_NOW: 'now.example.com' } };
const now = configOf(['3.13'], '{env.CI_CACHE_NOW}/{image}/{python}');

it('are what the last configuration that had them wrote, and none of those of today', () => {
  const past = [
    configOf(['3.12', '3.13'], 'new.example.com/{image}/{python}'),
    configOf(['3.11', '3.12'], 'old.example.com/{image}/{python}', ['ci', 'docs']),
  ];
  expect(formerOf(now, [now, ...past], run)).toEqual({
    specs: [
      expect.objectContaining({ legRef: 'new.example.com/ci/3.12:leg--ci-3.12-linux-amd64' }),
      expect.objectContaining({ legRef: 'old.example.com/ci/3.11:leg--ci-3.11-linux-amd64' }),
      expect.objectContaining({ legRef: 'old.example.com/docs/3.11:leg--docs-3.11-linux-amd64' }),
      expect.objectContaining({ legRef: 'old.example.com/docs/3.12:leg--docs-3.12-linux-amd64' }),
    ],
    doubts: [],
  });
});

it('are looked for in older configurations where a variable of one is not set, and this is said', () => {
  const past = [
    configOf(['3.12'], '{env.CI_CACHE_THEN}/{image}/{python}'),
    configOf(['3.12'], 'old.example.com/{image}/{python}'),
  ];
  const { specs, doubts } = formerOf(now, past, run);
  expect(specs.map(({ repository }) => repository)).toEqual(['old.example.com/ci/3.12']);
  expect(doubts).toEqual([
    expect.stringMatching(/^ci-3\.12-linux-amd64 of an earlier configuration: .*CI_CACHE_THEN/s),
  ]);
});
