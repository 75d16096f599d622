/** Requirement and bound texts as facts: read once, whole, so that a cell depends on their text and not on a moving file. */
import type { TextFact, TextSource } from '@nx-ci-cache/records';
import { follow, type Following, type Segments, type Text } from './follow';
import { modePlace, readSource, type ModeSource } from './source-file';

/** @throws CiCacheError `OptionInvalid`: a file is missing, or a line is no requirement. */
export const readBounds = (texts: readonly TextSource[] = [], key: string, source: ModeSource): Segments => {
  const following: Following = { source, required: new Set(), bounding: new Set() };
  return together(texts.map((text, at) => readText(text, `${key}[${at}]`, following)));
};

/** Nothing for a file that another one led to before. */
export const readText = (written: TextSource, key: string, following: Following): Segments => {
  const text = textOf(written, key, following.source);
  const [file] = text.trail;
  if (file !== undefined && following.required.has(file)) return { texts: [], bounds: [] };
  if (file !== undefined) following.required.add(file);
  return follow(text, following);
};

export const together = (all: readonly Segments[]): Segments => ({
  texts: all.flatMap(({ texts }) => texts),
  bounds: all.flatMap(({ bounds }) => bounds),
});

/** Texts by their names, each once. */
export const distinctTexts = (texts: readonly TextFact[]): TextFact[] => [
  ...new Map(texts.map((text) => [`${text.path}\n${text.text}`, text])).values(),
];

const textOf = (written: TextSource, key: string, source: ModeSource): Text => {
  if (typeof written !== 'string') {
    const text = written.inline.map((line) => `${line}\n`).join('');
    return { path: key, text, trail: [], placeOf: (at) => modePlace(source, `${key}.inline[${at}]`) };
  }
  const { path, file, text } = readSource(written, key, source);
  return { path, text, trail: [file], placeOf: (at) => ({ file, key: `line ${at + 1}` }) };
};
