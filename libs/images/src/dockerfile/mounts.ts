/** `RUN --mount=…`: one CSV record of fields. */
import { flagValues } from './flags';
import type { Instruction } from './instructions';

/** Fields by name in lower case; one without a value is `true`. */
export type Mount = Readonly<Record<string, string>>;

export const mountsOf = ({ keyword, flags }: Instruction): readonly Mount[] =>
  keyword === 'RUN' ? flagValues(flags, 'mount').map(mountOf) : [];

const mountOf = (text: string): Mount => ({
  type: 'bind',
  ...Object.fromEntries(
    [...text.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/gu)].map(([, quoted, plain = '']) => {
      const [name = '', ...value] = (quoted?.replaceAll('""', '"') ?? plain).split('=');
      return [name.toLowerCase(), value.length === 0 ? 'true' : value.join('=')];
    }),
  ),
});
