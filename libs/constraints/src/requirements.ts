/** Requirement files as facts: read once, whole, so that a cell depends on their text and not on a moving file. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { invalid, type Config, type Mode } from '@nx-ci-cache/config';

export interface RequirementFile {
  readonly path: string;
  readonly text: string;
}

/**
 * A mode's requirement files in the order written: their order changes the answer.
 * @throws CiCacheError `OptionInvalid`: a file is missing, or a line is an option and no requirement.
 */
export const readRequirements = (workspaceRoot: string, config: Config, mode: Mode): Promise<RequirementFile[]> =>
  Promise.all(
    mode.requirements.map(async (path, at) => {
      const place = { file: config.file, key: `constraints.modes.${mode.name}.requirements[${at}]` };
      const text = await readFile(join(workspaceRoot, config.projectRoot, path), 'utf8').catch(() => {
        throw invalid(
          place,
          path,
          'a file inside the project',
          `Create ${config.projectRoot}/${path}, or correct ${place.key}.`,
        );
      });
      refuseOptions(text, `${config.projectRoot}/${path}`);
      return { path, text };
    }),
  );

/** An option line could name another file or another index: facts that nobody would record. */
const refuseOptions = (text: string, file: string): void =>
  text.split('\n').forEach((raw, index) => {
    const line = raw.trim();
    if (!line.startsWith('-')) return;
    throw invalid(
      { file, key: `line ${index + 1}` },
      line,
      'requirements only, e.g. "requests>=2", and comments',
      'List further files in "requirements" and the index in "index.url" of ci-cache.json.',
    );
  });
