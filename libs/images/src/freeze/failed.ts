/** Why the step that freezes an image failed, in words about the image: runc and shells know nothing of it. */
import type { LegSpec } from '@nx-ci-cache/config';
import { CiCacheError } from '@nx-ci-cache/process';
import { listInImage } from './dockerfile';

/** Every other step's failure, and what may pass by itself, is left as it is. */
export const freezeFailed = (error: unknown, { image }: LegSpec, command: string): unknown => {
  if (!(error instanceof CiCacheError) || error.data['transient'] === true) return error;
  if (!String(error.data['step']).includes(listInImage)) return error;
  const key = `images.${image}.freeze`;
  const { what, remedy } = causeOf(error.message, command, key);
  return new CiCacheError(error.code, `the image ${image} cannot be frozen: ${what}\n${error.message}`, {
    ...{ remedy, data: error.data, cause: error },
  });
};

const causeOf = (words: string, command: string, key: string): { readonly what: string; readonly remedy: string } => {
  if (/unable to start container process/.test(words))
    return {
      what: 'it has no shell',
      remedy: `${key} runs in the image by its shell: let the mode freeze an image that has one, such as the stage packages are installed in, by "target".`,
    };
  if (/exit code: 127\b/.test(words))
    return {
      what: `it does not have a command that ${JSON.stringify(command)} runs`,
      remedy: `Install it into the image, or let ${key} of ci-cache.json run what is there, such as "pip freeze --all".`,
    };
  return {
    what: `${JSON.stringify(command)} failed in it`,
    remedy: `Let ${key} of ci-cache.json print the packages of a Python that is in the image, e.g. "uv pip freeze --python /usr/local/bin/python3".`,
  };
};
