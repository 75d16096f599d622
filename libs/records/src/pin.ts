/** The grammar of a line that counts in a constraint file: `name==version` and nothing else, because pip obeys all else it finds there. */

export interface Pin {
  /** As it is written. */
  readonly name: string;
  readonly version: string;
}

const word = (inner: string) => `[A-Za-z0-9](?:[${inner}]*[A-Za-z0-9])?`;
const pin = new RegExp(`^(${word('A-Za-z0-9._-')})==(${word('A-Za-z0-9.!+_-')})$`);

export const pinOf = (line: string): Pin | undefined => {
  const [, name, version] = pin.exec(line) ?? [];
  return name === undefined || version === undefined ? undefined : { name, version };
};
