/** Digests of values: a cache key is the SHA-256 of a value's one canonical spelling. */
import { createHash } from 'node:crypto';

/** JSON with sorted keys and no spaces, so that equal values have equal bytes on every machine. */
export const canonicalJson = (value: unknown): string => JSON.stringify(value, sortKeys);

const sortKeys = (_key: string, value: unknown): unknown =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)))
    : value;

/** `sha256:<hex>` of a text or of a buffer's bytes; of any other value's canonical JSON. */
export const digestOf = (value: unknown): string => {
  const bytes = typeof value === 'string' || Buffer.isBuffer(value) ? value : canonicalJson(value);
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
};
