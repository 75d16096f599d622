/** The commands we give to uv, as values. Everything that could change an answer is spelled here and in `inputs`, nowhere else. */
import { defaultIndexName } from '@nx-ci-cache/config';
import { childEnvironment, type Command } from '@nx-ci-cache/process';
import type { CellFacts } from '@nx-ci-cache/records';
import { tellForbidden } from './forbidden';
import { indexEnvironment } from '../indexes/credentials';
import { resolverPlatform } from '../target/platform';
import { buildArguments, choiceArguments, inputArguments } from '../inputs/arguments';
import { configName, outputName } from '../inputs/names';

export { configName, inputName, outputName } from '../inputs/names';

/** @param platform as the resolver spells it. Default: the cell's. */
export const compileCommand = (facts: CellFacts, folder: string, platform = platformOf(facts)): Command => ({
  ...uvCommand(
    [
      'pip',
      'compile',
      ...inputArguments(facts),
      '--config-file',
      configName,
      // tool.uv.sources would lead out of the facts: what is handed over has none but those of "sources".
      ...(facts.sources === undefined ? ['--no-sources'] : []),
      ...(facts.indexStrategy === undefined ? [] : ['--index-strategy', facts.indexStrategy]),
      ...(facts.keyring === true ? ['--keyring-provider', 'subprocess'] : []),
      '--python-version',
      facts.patch ?? facts.python,
      // Laptops and CI resolve for the same platform; every platform's own build proves that wheels exist for it.
      '--python-platform',
      platform,
      '--exclude-newer',
      facts.cutoff,
      ...buildArguments(facts),
      ...choiceArguments(facts),
      '--no-header',
      '--no-annotate',
      '--no-progress',
      '--output-file',
      outputName,
    ],
    [...(facts.indexes ?? []).map(({ name }) => name), facts.indexName ?? defaultIndexName],
  ),
  cwd: folder,
});

/** A plain `linux` is x86-64. */
const platformOf = (facts: CellFacts): string => {
  const { platform, linux } = facts;
  return platform === undefined && linux === undefined ? 'linux' : (resolverPlatform(platform, facts) ?? 'linux');
};

export const versionCommand = (): Command => uvCommand(['--version']);

export const cacheFolderCommand = (): Command => uvCommand(['cache', 'dir', '--no-config']);

/** Prints the full version of a Python of this machine. */
export const findPythonCommand = (wanted: string): Command =>
  uvCommand(['python', 'find', '--no-config', '--show-version', wanted]);

/** Lists all patch releases of X.Y that the resolver knows, newest first; it looks nowhere for them. */
export const knownPythonsCommand = (python: string): Command =>
  uvCommand([
    ...['python', 'list', '--no-config', `cpython@${python}`, '--all-versions'],
    ...['--only-downloads', '--output-format', 'json'],
  ]);

/** Prints the resolver's own default index, so that no host name need be written here. */
export const defaultIndexCommand = (): Command => ({
  ...uvCommand(['pip', 'compile', '-', '--no-config', '--emit-index-url', '--no-header']),
  input: '\n',
});

const uvCommand = (args: readonly string[], indexes: readonly string[] = []): Command => ({
  file: process.env['CI_CACHE_UV'] || 'uv',
  args,
  env: childEnvironment({
    UV_PYTHON_DOWNLOADS: 'never',
    UV_NO_WRAP: '1',
    NO_COLOR: '1',
    ...tellForbidden,
    ...indexEnvironment(indexes),
  }),
});
