/** What is wrong with an option of a generator, in the words of every other refusal. */
import { invalid } from '@nx-ci-cache/config';
import type { CiCacheError } from '@nx-ci-cache/process';

export const optionInvalid = (
  name: string,
  value: unknown,
  allowed: string,
  remedy = `Correct --${name}.`,
): CiCacheError => invalid({ file: 'option', key: `--${name}` }, value, allowed, remedy);
