/** Gives this machine an emulator, by the distribution's packages or by the image that carries one; only whoever configured it asks. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CiCacheError, childEnvironment, run, type Command, type Environment } from '@nx-ci-cache/process';
import { builderUnfit } from '../unfit';
import { binfmtFolder, emulatorName, readEmulator } from './binfmt';

/** Runs privileged: what is in it never moves. */
const image =
  'docker.io/tonistiigi/binfmt:qemu-v10.2.3@sha256:400a4873b838d1b89194d982c45e5fb3cda4593fbfd7e08a02e76b03b21166f0';

/** `engine`: nodes are containers of the Docker engine here. `packages`: a BuildKit daemon runs here by itself. */
export type Way = 'engine' | 'packages';

/** In this order. */
export const installCommands = (way: Way, platform: string, env: Environment, mounted = true): readonly Command[] => {
  const architecture = platform.split('/').slice(1).join('/');
  if (way === 'engine')
    return [{ file: 'docker', args: ['run', '--privileged', '--rm', image, '--install', architecture], env }];
  const packages = ['install', '--yes', '--no-install-recommends', 'qemu-user-static', 'binfmt-support'];
  const mount = { file: 'mount', args: ['-t', 'binfmt_misc', 'binfmt_misc', binfmtFolder], env };
  return [
    { file: 'apt-get', args: packages, env: { ...env, DEBIAN_FRONTEND: 'noninteractive' } },
    // In a container nothing does that when the packages come in.
    ...(mounted ? [] : [mount]),
    { file: 'update-binfmts', args: ['--enable', emulatorName(platform)], env },
  ];
};

/**
 * The image exits with 0 whatever happens, and packages may be there without being registered: what became of it is asked.
 * @throws CiCacheError `BuilderUnfit` in the words of what failed, or when the kernel does not say that it is ready.
 */
export const installEmulator = async (
  way: Way,
  platform: string,
  env: Environment = childEnvironment(),
): Promise<void> => {
  const mounted = existsSync(join(binfmtFolder, 'register'));
  for (const command of installCommands(way, platform, env, mounted)) {
    const { stdout } = await run(command).catch((cause: unknown) => {
      throw failed(platform, cause instanceof CiCacheError ? cause.message : String(cause), cause);
    });
    if (way === 'engine' && !supports(stdout, platform))
      throw failed(platform, `the image does not name it as supported: ${stdout.trim()}`);
  }
  // An engine may run in a machine of its own, whose kernel is not the one that is seen here: its image has answered.
  if (way === 'engine') return;
  const found = await readEmulator(platform);
  if (found !== 'ready') throw failed(platform, `${emulatorName(platform)} is ${words[found]}`);
};

const words = {
  absent: 'not registered',
  disabled: 'disabled',
  'not fixed': 'registered without the flag F, so no build finds it',
} as const;

const supports = (stdout: string, platform: string): boolean => {
  try {
    const { supported = [] } = JSON.parse(stdout.slice(stdout.indexOf('{'))) as { supported?: readonly string[] };
    return supported.includes(platform);
  } catch {
    return false;
  }
};

const failed = (platform: string, why: string, cause?: unknown) =>
  builderUnfit(
    `an emulator of ${platform} could not be installed: ${why}`,
    'As root: apt-get update && apt-get install qemu-user-static binfmt-support; or take builder.emulation out of ci-cache.json.',
    { platform },
    cause,
  );
