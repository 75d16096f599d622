/** What COPY and ADD take, one source after another. */
import { flagValues } from './flags';
import { heredocsOf } from './heredoc';
import type { Instruction } from './instructions';
import { jsonWords } from './json-words';

/** Words as they are written, without the destination and without documents that stand in the file itself. */
export const sourcesOf = ({ argument }: Instruction): readonly string[] =>
  (jsonWords(argument) ?? argument.split(/[\t\v\f\r ]+/).filter((word) => word !== ''))
    .slice(0, -1)
    .filter((word) => heredocsOf(word).length === 0);

/** The stage, image or context a COPY takes from; undefined for the build's own context. */
export const takenFrom = ({ keyword, flags }: Instruction): string | undefined =>
  keyword === 'COPY' ? flagValues(flags, 'from').at(-1) : undefined;
