/** The commands we give to uv, as values. Everything that could change an answer is spelled here and nowhere else. */
import { childEnvironment, type Command } from '@nx-ci-cache/process';
import type { CellFacts } from '@nx-ci-cache/report';

/** A generated configuration file instead of the user's: one index, whose pages are kept for the facts' page age. */
export const uvConfig = ({ indexUrl, pageMaxAge }: CellFacts): string =>
  [
    '[[index]]',
    `url = ${JSON.stringify(indexUrl)}`,
    'default = true',
    `cache-control = { api = "max-age=${pageMaxAge}", files = "max-age=31536000, immutable" }`,
    '',
  ].join('\n');

/** File names inside the private folder a cell is resolved in. */
export const inputName = (at: number): string => `input-${at}.txt`;
export const outputName = 'output.txt';
export const configName = 'uv.toml';

export const compileCommand = (facts: CellFacts, folder: string): Command => ({
  ...uvCommand([
    'pip',
    'compile',
    ...facts.requirements.map((_file, at) => inputName(at)),
    '--config-file',
    configName,
    '--python-version',
    facts.python,
    // Laptops and CI resolve for the same platform; every platform's own build proves that wheels exist for it.
    '--python-platform',
    'linux',
    '--exclude-newer',
    facts.cutoff,
    '--only-binary',
    ':all:',
    ...facts.allowSdist.flatMap((name) => ['--no-binary', name]),
    '--no-header',
    '--no-annotate',
    '--no-progress',
    // A file that exists would be a hidden input: its pins are preferred.
    '--output-file',
    outputName,
  ]),
  cwd: folder,
});

export const versionCommand = (): Command => uvCommand(['--version']);

/** Prints the resolver's own default index, so that no host name need be written here. */
export const defaultIndexCommand = (): Command => ({
  ...uvCommand(['pip', 'compile', '-', '--no-config', '--emit-index-url', '--no-header']),
  input: '\n',
});

const uvCommand = (args: readonly string[]): Command => ({
  file: process.env['CI_CACHE_UV'] || 'uv',
  args,
  env: childEnvironment({
    UV_PYTHON_DOWNLOADS: 'never',
    UV_NO_WRAP: '1',
    NO_COLOR: '1',
    // Where pages are kept is a matter of speed only.
    ...(process.env['UV_CACHE_DIR'] ? { UV_CACHE_DIR: process.env['UV_CACHE_DIR'] } : {}),
  }),
});
