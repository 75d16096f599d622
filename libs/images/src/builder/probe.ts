/** What a node is, which only BuildKit says, of a build: its machine, its clock, its free disk, and that it runs programs of a platform. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { commandFailureOf, inPrivateFolder, lastLines, readJson, run } from '@nx-ci-cache/process';
import { parseEvent } from '../progress/progress';
import { buildxWith, type Buildx } from './buildx';
import { aheadMs, type Span } from '../clock';
import { finishedOf, type BuildMetadata } from './metadata';
import { freeBytesOf, probeProgram } from './probe-program';
import { builderUnfit } from './unfit';

export interface Probed {
  /** Of the smallest build that BuildKit describes. */
  readonly metadata: BuildMetadata;
  /** Milliseconds by which the node's clock is ahead of ours. */
  readonly aheadMs?: number;
  /** Absent for a platform without a program of ours. */
  readonly freeBytes?: number;
}

const limitMs = 60_000;

/** @throws CiCacheError `BuilderUnfit`: the node does not build, or cannot run programs of `platform`. */
export const probe = (buildx: Buildx, builder: string, platform: string): Promise<Probed> =>
  inPrivateFolder('ci-cache-probe-', async (folder) => {
    const program = probeProgram(platform);
    await writeFile(join(folder, 'Dockerfile'), program === undefined ? smallest : running);
    if (program !== undefined) await writeFile(join(folder, 'probe'), program, { mode: 0o755 });
    const metadataFile = join(folder, 'metadata.json');
    const args = ['build', '--builder', builder, '--platform', platform, '--no-cache', '--progress', 'rawjson'];
    const command = buildxWith(
      buildx,
      [...args, '--output', 'type=cacheonly', '--metadata-file', metadataFile, folder],
      { BUILDX_METADATA_PROVENANCE: 'max' },
    );
    const printed: Buffer[] = [];
    const from = Date.now();
    await run(command, { timeoutMs: limitMs, onRawLine: (line) => printed.push(...outputOf(line)) }).catch(
      (cause: unknown) => {
        throw unbuilt(builder, platform, Buffer.concat(printed).toString('utf8'), cause);
      },
    );
    const metadata = (await readJson<BuildMetadata>(metadataFile)) ?? {};
    const freeBytes = freeBytesOf(Buffer.concat(printed));
    return { metadata, ...ahead({ from, to: Date.now() }, finishedOf(metadata)), ...(freeBytes && { freeBytes }) };
  });

const smallest = 'FROM scratch\nWORKDIR /probe\n';
const running = 'FROM scratch\nCOPY probe /probe\nRUN ["/probe"]\n';

const ahead = (ours: Span, at: number | undefined): Pick<Probed, 'aheadMs'> =>
  at === undefined ? {} : { aheadMs: aheadMs(ours, { from: at, to: at }) };

/** What steps print, as the bytes they are. */
const outputOf = (line: string): Buffer[] =>
  (parseEvent(line)?.logs ?? []).map(({ data = '' }) => Buffer.from(data, 'base64'));

const unbuilt = (builder: string, platform: string, printed: string, cause: unknown) => {
  const data = { builder, platform };
  if (/exec format error/.test(printed)) {
    const message = `the node of builder ${builder} for ${platform} cannot run programs of ${platform}: it has no emulator of them`;
    return builderUnfit(message, emulator(platform), { ...data, emulator: 'absent' }, cause);
  }
  const failure = commandFailureOf(cause);
  const words =
    failure?.reason === 'timeout' ? `no answer within ${limitMs / 1000} s` : lastLines(failure?.stderr ?? '', 1).trim();
  const full = /no space left on device/i.test(words);
  return builderUnfit(
    `the node of builder ${builder} for ${platform} does not build: ${words}`,
    full
      ? `docker buildx prune --builder ${builder}, or give the node a larger disk.`
      : 'Check the node of this platform.',
    data,
    cause,
  );
};

/** The words a person needs on that node's machine. */
export const emulator = (platform: string): string =>
  `On that node: apt-get install qemu-user-static binfmt-support, or docker run --privileged --rm tonistiigi/binfmt --install ${platform.split('/')[1]}; or give ${platform} a machine of its own.`;
