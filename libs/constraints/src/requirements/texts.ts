/** Requirement and bound texts as facts: read once, whole, so that a cell depends on their text and not on a moving file. */
import { invalid, type TextSource } from '@nx-ci-cache/config';
import type { TextFact } from '@nx-ci-cache/report';
import { readSource, type ModeSource } from './source-file';

/** @throws CiCacheError `OptionInvalid`: a file is missing, or a line is an option. */
export const readTexts = (texts: readonly TextSource[], key: string, source: ModeSource): Promise<TextFact[]> =>
  Promise.all(texts.map((text, at) => readText(text, `${key}[${at}]`, source)));

export const readText = async (text: TextSource, key: string, source: ModeSource): Promise<TextFact> => {
  if (typeof text !== 'string') return { path: key, text: text.inline.map((line) => `${line}\n`).join('') };
  const read = await readSource(text, key, source);
  refuseOptions(read.text, read.file);
  return { path: read.path, text: read.text };
};

/** An option line could name another file or another index: facts that nobody would record. */
const refuseOptions = (text: string, file: string): void =>
  text.split('\n').forEach((raw, index) => {
    const line = raw.trim();
    if (!line.startsWith('-')) return;
    throw invalid(
      { file, key: `line ${index + 1}` },
      line,
      'requirements only, e.g. "requests>=2", and comments',
      'List further files in "requirements" and the index in "index" of ci-cache.json.',
    );
  });
