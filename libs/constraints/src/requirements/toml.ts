/** TOML as other tools read it, so that a setting of one of them is no fault of the file. */
import { parse, type TomlTable, type TomlValue } from 'smol-toml';

/** Integers keep all of TOML's 64 bits. @throws the parser's own error. */
export const parseToml = (text: string): TomlTable => parse(text, { integersAsBigInt: 'asNeeded' });

export const tableIn = (table: TomlTable, key: string): TomlTable | undefined => {
  const value = table[key];
  return typeof value === 'object' && !Array.isArray(value) ? (value as TomlTable) : undefined;
};

/** Undefined for every other kind of value. */
export const asTable = (value: TomlValue | undefined): TomlTable | undefined =>
  tableIn({ value: value ?? '' }, 'value');

export const tableAt = (table: TomlTable, ...keys: readonly string[]): TomlTable | undefined =>
  keys.reduce<TomlTable | undefined>((found, key) => found && tableIn(found, key), table);

export const stringsIn = (value: TomlValue | undefined): readonly string[] =>
  (Array.isArray(value) ? value : []).filter((each) => typeof each === 'string');
