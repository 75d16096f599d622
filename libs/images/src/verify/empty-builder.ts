/** A builder of one daemon that has nothing, as that of a new CI machine: gone after the work, with all it fetched. */
import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { access, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { inPrivateFolder, lastLines, commandFailureOf, run, withServer, type CiCacheError } from '@nx-ci-cache/process';
import { buildxWith, type Buildx } from '../builder/buildx';
import { builderUnfit } from '../builder/unfit';

/** Where the daemon comes from: a program, or a container that buildx makes. */
export type DaemonKind = { readonly file: string } | 'container';

export interface EmptyBuilder {
  readonly buildx: Buildx;
  readonly builder: string;
}

export interface EmptyBuilderOptions {
  readonly buildx: Buildx;
  readonly daemon: DaemonKind;
  /** That are built on it. */
  readonly platforms: readonly string[];
}

const startMs = 300_000;

/** The one CI_CACHE_BUILDKITD names; else one on PATH, for who may start it; else a container. */
export const daemonKind = async (environment: NodeJS.ProcessEnv): Promise<DaemonKind> => {
  const named = environment['CI_CACHE_BUILDKITD'];
  if (named) return { file: named };
  if (process.getuid?.() !== 0) return 'container';
  for (const folder of (environment['PATH'] ?? '').split(delimiter).filter((each) => each !== '')) {
    const file = join(folder, 'buildkitd');
    if (await isProgram(file)) return { file };
  }
  return 'container';
};

/** @throws CiCacheError `BuilderUnfit`: no daemon starts here; whatever `work` throws. */
export const inEmptyBuilder = <Result>(
  options: EmptyBuilderOptions,
  work: (builder: EmptyBuilder) => Promise<Result>,
): Promise<Result> =>
  // Nobody's list of builders is touched.
  inPrivateFolder('ci-cache-verify-', async (folder) => {
    const env = { ...options.buildx.env, BUILDX_CONFIG: join(folder, 'buildx') };
    const buildx = { ...options.buildx, env };
    return options.daemon === 'container'
      ? inContainer({ ...options, buildx }, work)
      : inProcess({ ...options, buildx }, options.daemon.file, folder, work);
  });

const inProcess = async <Result>(
  { buildx, platforms }: EmptyBuilderOptions,
  file: string,
  folder: string,
  work: (builder: EmptyBuilder) => Promise<Result>,
): Promise<Result> => {
  const [config, socket] = [join(folder, 'buildkitd.toml'), `unix://${join(folder, 'buildkitd.sock')}`];
  await writeFile(config, daemonConfig(folder));
  // Debian keeps runc where an ordinary user's PATH does not look.
  const env = { ...buildx.env, PATH: `${buildx.env['PATH'] ?? ''}:/usr/local/sbin:/usr/sbin:/sbin` };
  let ready = false;
  return withServer({ file, args: ['--config', config, '--addr', socket], env }, 'running server on', async () => {
    ready = true;
    const builder = 'ci_cache_verify';
    await create(buildx, ['--name', builder, '--driver', 'remote', '--platform', platforms.join(','), socket]);
    return work({ buildx, builder });
  }).catch((error: unknown) => {
    throw ready ? error : noDaemon(file, error);
  });
};

/** TOML takes JSON's strings. Other daemons of the machine share a tracing socket by default, and containerd is somebody else's. */
const daemonConfig = (folder: string): string =>
  [
    `root = ${JSON.stringify(join(folder, 'root'))}`,
    `[otel]\nsocketPath = ${JSON.stringify(join(folder, 'otel.sock'))}`,
    '[worker.oci]\nenabled = true',
    '[worker.containerd]\nenabled = false\n',
  ].join('\n');

const inContainer = async <Result>(
  { buildx, platforms }: EmptyBuilderOptions,
  work: (builder: EmptyBuilder) => Promise<Result>,
): Promise<Result> => {
  const builder = `ci_cache_verify_${randomBytes(6).toString('hex')}`;
  try {
    // On the machine's own network, as a registry on it may be meant.
    await create(buildx, containerArguments(builder, platforms)).catch((cause: unknown) => {
      throw noDaemon('a container', cause);
    });
    return await work({ buildx, builder });
  } finally {
    await run(buildxWith(buildx, ['rm', '--force', builder]), { accept: [0, 1], timeoutMs: startMs });
  }
};

export const containerArguments = (builder: string, platforms: readonly string[]): string[] => [
  ...['--name', builder, '--driver', 'docker-container', '--driver-opt', 'network=host'],
  ...['--platform', platforms.join(','), '--bootstrap'],
];

const create = (buildx: Buildx, args: readonly string[]) =>
  run(buildxWith(buildx, ['create', ...args]), { timeoutMs: startMs });

const isProgram = (file: string): Promise<boolean> =>
  access(file, constants.X_OK).then(
    () => true,
    () => false,
  );

const noDaemon = (what: string, cause: unknown): CiCacheError =>
  builderUnfit(
    `no empty BuildKit daemon can be started as ${what}: ${lastLines(commandFailureOf(cause)?.stderr ?? '', 1).trim()}`,
    'Start a Docker engine, or name a buildkitd that may run here by CI_CACHE_BUILDKITD.',
    {},
    cause,
  );
