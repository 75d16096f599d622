/** Takes uv for a platform out of the wheel its authors publish, so that the images need no installer. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '@nx-ci-cache/process';
import { StackError } from '../errors';
import type { NodeName } from '../words';

const machines = { amd64: 'x86_64', arm64: 'aarch64' } as const;

export const downloadArgs = (version: string, node: NodeName, folder: string): readonly string[] => [
  '-m',
  'pip',
  'download',
  '--quiet',
  '--no-deps',
  '--only-binary',
  ':all:',
  '--platform',
  `manylinux_2_17_${machines[node]}`,
  '--platform',
  `manylinux_2_28_${machines[node]}`,
  '--dest',
  folder,
  `uv==${version}`,
];

/** The path of the binary, below `folder`. */
export const uvBinary = async (tools: string, version: string, node: NodeName, folder: string): Promise<string> => {
  const python = join(tools, 'uv', 'bin', 'python');
  // pip reads its index and its certificates from the user's own environment.
  const env = Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
  await run({ file: python, args: downloadArgs(version, node, folder), env });
  const wheel = (await readdir(folder)).find((name) => name.endsWith('.whl'));
  if (wheel === undefined)
    throw new StackError(`pip downloaded no wheel of uv ${version} for ${node}.`, 'Run tools/setup.');
  await run({ file: python, args: ['-m', 'zipfile', '-e', join(folder, wheel), folder], env });
  return join(folder, `uv-${version}.data`, 'scripts', 'uv');
};
