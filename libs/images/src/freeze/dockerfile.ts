/** The Dockerfile of the build that is frozen: the image's own one, and behind it the steps that bring out what it holds. */
import { CiCacheError } from '@nx-ci-cache/process';
import { readDockerfile } from '../dockerfile/instructions';

/** Where the appended steps put the list, in the image and in the exported folder. */
const listInImage = '/nx-ci-cache-freeze.txt';
export const listName = 'freeze.txt';

/** Whether a step is the Dockerfile's own. What makes inline documents has no number, and is never cached. */
export const isOwnStep = ({ name }: { readonly name: string }): boolean =>
  /^\[[^\]]*\d+\/\d+\] /.test(name) && !name.includes(listInImage);

/**
 * `command` runs in the last stage as its user and in its environment; only its output leaves the build.
 * @throws CiCacheError `OptionInvalid` for a Dockerfile without a stage.
 */
export const freezeDockerfile = (file: string, text: string, command: string): string => {
  const stages = readDockerfile(file, text).instructions.filter(({ keyword }) => keyword === 'FROM').length;
  if (stages === 0) {
    throw new CiCacheError('OptionInvalid', `${file} has no FROM`, { remedy: `Write a stage into ${file}.` });
  }
  return [
    text.trimEnd(),
    // Made by COPY, which no USER instruction limits, and writable for whoever the image runs as.
    `COPY --chmod=666 <<NX_CI_CACHE ${listInImage}`,
    'NX_CI_CACHE',
    `RUN ${command} > ${listInImage}`,
    'FROM scratch',
    `COPY --from=${stages - 1} ${listInImage} /${listName}`,
    '',
  ].join('\n');
};
