/** Every workflow we write, held against the rules of its CI: actionlint for GitHub, the published schemas for the others. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Pipeline } from './pipeline';
import { cis } from './pipelines';

const smallest: Pipeline = {
  gates: '',
  refresh: 'npx nx run api:refresh',
  report: 'npx nx run api:report',
  verify: '',
  preview: (base) => `npx nx affected --targets=refresh --base=${base} --output-style=static`,
  install: ['npm ci'],
  nx: 'npx nx',
  manager: 'npm',
  branches: ['main'],
  hasImages: false,
  isEmpty: false,
};

const largest: Pipeline = {
  ...smallest,
  gates: "pnpm exec nx run-many --targets=test,lint --projects='api,the web'",
  refresh: "pnpm exec nx run-many --targets=refresh --projects='api,the web'",
  verify: "pnpm exec nx run-many --targets=verify --projects='api,the web'",
  install: ['corepack enable', 'pnpm install --frozen-lockfile'],
  nx: 'pnpm exec nx',
  manager: 'pnpm',
  branches: ['main', 'release/2.x', '1.0'],
  hasImages: true,
};

const shared = (name: string) => ({
  plan: `pnpm exec nx run '${name}:plan-refresh'`,
  build: `pnpm exec nx run '${name}:build-legs'`,
  publish: `pnpm exec nx run '${name}:publish-legs'`,
  report: `pnpm exec nx run '${name}:report'`,
});

const pipelines: Readonly<Record<string, Pipeline>> = {
  smallest,
  largest,
  shared: { ...largest, shared: { others: '', projects: [shared('api')] } },
  'shared-by-projects': {
    ...largest,
    shared: {
      others: largest.refresh,
      projects: [shared('api'), shared('the web'), { ...shared('cache'), publish: '' }],
    },
  },
  'every-branch': { ...largest, branches: [] },
};

const linters = execFileSync(join(__dirname, '../../../../../tools/setup'), ['--print-linters'], { encoding: 'utf8' });
const bin = (...path: string[]) => join(linters.trim(), ...path);
const schema = (name: string, ...more: string[]) => [
  bin('check-jsonschema/bin/check-jsonschema'),
  // Not every schema is written for the stricter kind.
  '--regex-variant=nonunicode',
  `--builtin-schema=vendor.${name}`,
  ...more,
];

const lints: Readonly<Record<string, readonly string[]>> = {
  github: [bin('bin/actionlint'), '-no-color', '-shellcheck=', '-pyflakes='],
  gitlab: schema('gitlab-ci', '--data-transform=gitlab-ci'),
  azure: schema('azure-pipelines', '--data-transform=azure-pipelines'),
  circleci: schema('circle-ci'),
  buildkite: schema('buildkite'),
};

const folder = mkdtempSync(join(tmpdir(), 'nx-ci-cache-lint-'));
afterAll(() => rmSync(folder, { recursive: true }));

it.each(Object.keys(lints))('the workflows of %s are valid, with little and with everything', (name) => {
  const ci = cis.find((each) => each.name === name);
  const files = Object.entries(pipelines).map(([kind, pipeline]) => {
    const file = join(folder, `${name}.${kind}.yml`);
    writeFileSync(file, ci?.render(pipeline) ?? '');
    return file;
  });
  const [command = '', ...args] = lints[name] ?? [];
  expect(() => execFileSync(command, [...args, ...files], { stdio: 'pipe', encoding: 'utf8' })).not.toThrow();
});

// Nothing that needs no server knows Jenkins' own language: what can be seen is whether it is whole.
it('the Jenkinsfile closes what it opens', () => {
  const render = cis.find(({ name }) => name === 'jenkins')?.render;
  for (const pipeline of Object.values(pipelines)) {
    const text = (render?.(pipeline) ?? '').replaceAll(/\/\/.*|'(?:\\.|[^'\\])*'/g, '');
    const opened: string[] = [];
    for (const [each] of text.matchAll(/[[\](){}]/g)) {
      if ('[({'.includes(each)) opened.push(each);
      else expect(`${opened.pop()}${each}`).toMatch(/^(\[\]|\(\)|\{\})$/);
    }
    expect(opened).toEqual([]);
  }
});
