/** Contents by object id, any number of any size by one git: `cat-file --batch`, one object after the other. */
import { buffer } from 'node:stream/consumers';
import { CiCacheError } from '@nx-ci-cache/process';
import { brokenOff } from '../command/answer';
import { remedies } from '../command/git';
import { checkOid } from '../oid';
import { bytesOf, type Bytes } from './bytes';
import type { Reader } from './checkout';

export interface GitObject {
  readonly oid: string;
  readonly type: string;
  /** Bytes. */
  readonly size: number;
  /** The content, to be read while it is this object's turn; what nobody reads is passed over. */
  readonly content: AsyncIterable<Buffer>;
}

const header = /^([0-9a-f]{40}|[0-9a-f]{64}) (blob|tree|commit|tag) (\d+)$/;
const lineFeed = 0x0a;

/**
 * Calls `use` with each object, one for each id and in their order, as soon as git prints it; git waits for it.
 * @throws CiCacheError `CommandFailed` for an object that is not there, and for an answer that breaks off.
 */
export const eachObject = async (
  { stream }: Pick<Reader, 'stream'>,
  oids: readonly string[],
  use: (object: GitObject) => Promise<void>,
): Promise<void> => {
  if (oids.length === 0) return;
  oids.forEach(checkOid);
  const consume = async (stdout: AsyncIterable<Buffer>) => {
    const bytes = bytesOf(stdout);
    for (const oid of oids) await readObject(bytes, oid, use);
    if ((await bytes.upTo(1)) !== undefined) throw brokenOff(command, 'what was asked for, but more');
  };
  await stream(['cat-file', '--batch', '--buffer'], consume, oids.map((oid) => `${oid}\n`).join(''));
};

const readObject = async (bytes: Bytes, asked: string, use: (object: GitObject) => Promise<void>): Promise<void> => {
  const line = await bytes.line();
  if (line === undefined) throw brokenOff(command, asked);
  const [, oid, type = '', size = ''] = header.exec(line) ?? [];
  if (oid !== asked) throw notThere(line);
  let left = Number(size);
  const next = async (): Promise<Buffer> => {
    const piece = await bytes.upTo(left);
    if (piece === undefined) throw brokenOff(command, asked);
    left -= piece.length;
    return piece;
  };
  await use({ oid, type, size: left, content: pieces(() => left > 0, next) });
  while (left > 0) await next();
  if ((await bytes.upTo(1))?.[0] !== lineFeed) throw brokenOff(command, asked);
};

const command = 'cat-file --batch';

const notThere = (line: string): CiCacheError =>
  new CiCacheError('CommandFailed', `git ${command}: ${line}`, { remedy: remedies.checkout });

async function* pieces(isLeft: () => boolean, next: () => Promise<Buffer>): AsyncGenerator<Buffer, void, undefined> {
  while (isLeft()) yield await next();
}

/** The whole content of one object that is small. @throws CiCacheError `CommandFailed` */
export const contentOf = ({ content }: GitObject): Promise<Buffer> => buffer(content);

/** Text of one object. @throws CiCacheError `CommandFailed` */
export const textOf = async (reader: Pick<Reader, 'stream'>, oid: string): Promise<string> => {
  let text = '';
  await eachObject(reader, [oid], async (object) => {
    text = (await contentOf(object)).toString('utf8');
  });
  return text;
};
