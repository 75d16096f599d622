/** One run of the resolver over a cell's facts, in a private folder that is gone afterwards: nothing else lays out its inputs. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { inPrivateFolder, run } from '@nx-ci-cache/process';
import type { CellFacts } from '@nx-ci-cache/records';
import { namesToBuild } from './built';
import { refuseForbidden, withoutDebug } from './forbidden';
import { inputFiles } from '../inputs/files';
import { configName, outputName } from '../inputs/names';
import { cellFolderName } from './cell-folder';
import { interpreterArguments, refuseMissingPython } from './interpreter';
import { refuseOtherResolver } from './observe';
import { cacheArguments } from './cache';
import { compileCommand } from './uv';

/** What a question adds to the plain resolution of a cell. */
export interface CompileExtra {
  /** Arguments behind the usual ones, which they override. */
  readonly args?: readonly string[];
  /** Files beside the usual ones, by a name that the arguments use. */
  readonly files?: Readonly<Record<string, string>>;
  /** Tables behind those of the resolver's configuration. */
  readonly config?: string;
  /** Another platform than the cell's, as the resolver spells it. */
  readonly platform?: string;
  readonly signal?: AbortSignal;
}

export interface CompileAnswer {
  /** 0 solved, 1 no solution or a failed build, 2 anything else. */
  readonly exitCode: number;
  /** The resolver's own words. */
  readonly stderr: string;
  /** What it resolved to, empty when it did not. */
  readonly output: string;
}

/** @throws CiCacheError `CommandFailed` when the resolver cannot be started, is killed or takes too long. */
export const compileCell = async (facts: CellFacts, extra: CompileExtra = {}): Promise<CompileAnswer> => {
  const allowSdist = await namesToBuild(facts);
  const answer = await compileOnce({ ...facts, allowSdist }, extra);
  // A bound may rule out the releases that have wheels alone, for whose sake a package was not to be built.
  return answer.exitCode === 1 && allowSdist.length < facts.allowSdist.length ? compileOnce(facts, extra) : answer;
};

const compileOnce = (
  facts: CellFacts,
  { args = [], files = {}, config = '', platform, signal }: CompileExtra,
): Promise<CompileAnswer> =>
  inPrivateFolder(cellFolderName, async (folder) => {
    const inputs = inputFiles(facts, folder);
    await layOut(folder, { ...inputs, [configName]: `${inputs[configName]}${config}`, ...files });
    const command = compileCommand(facts, folder, platform);
    await refuseOtherResolver(facts);
    const cache = await cacheArguments(facts);
    const { exitCode, stderr } = await run(
      { ...command, args: [...command.args, ...interpreterArguments(facts), ...cache, ...args] },
      { accept: [0, 1, 2], ...(signal ? { signal } : {}) },
    );
    const output = exitCode === 0 ? await readFile(join(folder, outputName), 'utf8') : '';
    refuseForbidden(facts, stderr);
    refuseMissingPython(facts, stderr);
    return { exitCode, stderr: withoutDebug(stderr), output };
  });

const layOut = async (folder: string, files: Readonly<Record<string, string | Uint8Array>>): Promise<void> => {
  await Promise.all(
    Object.entries(files).map(async ([name, content]) => {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), content);
    }),
  );
};
