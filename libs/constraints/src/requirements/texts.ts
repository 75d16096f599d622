/** Requirement and bound texts as facts: read once, whole, so that a cell depends on their text and not on a moving file. */
import type { TextFact, TextSource } from '@nx-ci-cache/records';
import { requirementText } from './lines';
import { modePlace, readSource, type ModeSource } from './source-file';

/** @throws CiCacheError `OptionInvalid`: a file is missing, or a line is no requirement. */
export const readTexts = (texts: readonly TextSource[], key: string, source: ModeSource): Promise<TextFact[]> =>
  Promise.all(texts.map((text, at) => readText(text, `${key}[${at}]`, source)));

export const readText = async (source: TextSource, key: string, mode: ModeSource): Promise<TextFact> => {
  if (typeof source !== 'string') {
    const lines = source.inline.map((line) => `${line}\n`).join('');
    return { path: key, text: requirementText(lines, (at) => modePlace(mode, `${key}.inline[${at}]`)) };
  }
  const { path, file, text } = await readSource(source, key, mode);
  return { path, text: requirementText(text, (at) => ({ file, key: `line ${at + 1}` })) };
};
