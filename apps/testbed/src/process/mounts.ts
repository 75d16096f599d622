/** Mounts that a killed buildkitd left behind: a folder that holds one cannot be deleted. */
import { readFile } from 'node:fs/promises';
import { childEnvironment, run } from '@nx-ci-cache/process';

/** Mount points at or below a folder, innermost first. */
export const mountsBelow = (mountinfo: string, folder: string): readonly string[] =>
  mountinfo
    .split('\n')
    .map((line) => unescapeOctal(line.split(' ')[4] ?? ''))
    .filter((point) => point === folder || point.startsWith(`${folder}/`))
    .reverse();

const unescapeOctal = (text: string): string =>
  text.replace(/\\([0-7]{3})/g, (_match, digits: string) => String.fromCharCode(parseInt(digits, 8)));

export const unmountBelow = async (folder: string): Promise<void> => {
  for (const point of mountsBelow(await readFile('/proc/self/mountinfo', 'utf8'), folder)) {
    await run({ file: 'umount', args: ['--lazy', '--', point], env: childEnvironment() });
  }
};
