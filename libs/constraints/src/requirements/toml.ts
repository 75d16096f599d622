/** TOML as other tools read it, so that a setting of one of them is no fault of the file. */
import { parse, type TomlTable } from 'smol-toml';

/** Integers keep all of TOML's 64 bits. @throws the parser's own error. */
export const parseToml = (text: string): TomlTable => parse(text, { integersAsBigInt: 'asNeeded' });

export const tableIn = (table: TomlTable, key: string): TomlTable | undefined => {
  const value = table[key];
  return typeof value === 'object' && !Array.isArray(value) ? (value as TomlTable) : undefined;
};
