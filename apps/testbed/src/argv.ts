/** The command line as a value, so that every accepted and refused form is a row in a table. */
import { UsageError } from './errors';

export type StackCommand =
  { readonly verb: 'up' | 'status' | 'env' } | { readonly verb: 'down'; readonly purge: boolean };

const usage = 'tools/stack up | down [--purge] | status | env';

/** @throws UsageError naming the word and the allowed ones. */
export const parseArgv = (words: readonly string[]): StackCommand => {
  const [verb, ...rest] = words;
  switch (verb) {
    case 'up':
    case 'status':
    case 'env':
      refuse(rest[0], `\`${verb}\` takes no argument`);
      return { verb };
    case 'down':
      refuse(
        rest.find((word) => word !== '--purge'),
        '`down` takes only --purge',
      );
      return { verb, purge: rest.includes('--purge') };
    case undefined:
      throw new UsageError(`A command is missing. Allowed: ${usage}`);
    default:
      throw new UsageError(`Unknown command '${verb}'. Allowed: ${usage}`);
  }
};

const refuse = (word: string | undefined, rule: string): void => {
  if (word !== undefined) throw new UsageError(`Unknown argument '${word}': ${rule}. Allowed: ${usage}`);
};
