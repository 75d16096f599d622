/** Shows what the demo made, read from git and registry, and the commands that show it again. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

interface ImageRecord {
  readonly repository: string;
  readonly digest: string;
  readonly platforms: readonly { readonly platform: string }[];
}

interface LegRecord {
  readonly leg: string;
  readonly cacheRef: string;
}

const output = (file: string, ...args: string[]): string => execFileSync(file, args, { encoding: 'utf8' }).trimEnd();
const record = <Value>(path: string): Value => JSON.parse(readFileSync(`dist/apps/ci-cache/${path}`, 'utf8')) as Value;

const remote = fileURLToPath(process.env['CI_CACHE_REMOTE'] ?? '');
const pythons = ['3.11', '3.13'];
const legs = pythons.flatMap((python) => ['amd64', 'arm64'].map((name) => `ci-${python}-linux-${name}`));

const lines = [
  'Constraints branch:',
  output('git', '-C', remote, 'log', '-1', '--format=  %h %s (%cr)', 'constraints-main'),
  ...output('git', '-C', remote, 'ls-tree', '--name-only', 'constraints-main')
    .split('\n')
    .map((file) => `  ${file}`),
  `  look: git -C ${remote} log -p constraints-main`,
  '',
  'Image indexes:',
  ...pythons.flatMap((python) => {
    const { repository, digest, platforms } = record<ImageRecord>(`images/ci-${python}.json`);
    return [
      `  ${repository}:latest ${digest} ${platforms.map(({ platform }) => platform).join(' ')}`,
      `  look: ${process.env['CI_CACHE_BUILDX']} imagetools inspect ${repository}:latest`,
    ];
  }),
  '',
  'Cache refs, one per leg:',
  ...legs.map((leg) => `  ${record<LegRecord>(`legs/${leg}.json`).cacheRef}`),
  '',
  'Report: dist/apps/ci-cache/refresh.html',
];
console.log(lines.join('\n'));
