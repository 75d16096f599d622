/** The Dockerfile of the build that is frozen: the image's own one, and behind it the steps that bring out what it holds. */
import type { LegSpec } from '@nx-ci-cache/config';
import { inTargetStage } from '../dockerfile/in-target-stage';

/** Where the appended steps put the list, in the image and in the exported folder. */
export const listInImage = '/nx-ci-cache-freeze.txt';
export const listName = 'freeze.txt';

/** Whether a step is the Dockerfile's own. What makes inline documents has no number, and is never cached. */
export const isOwnStep = ({ name }: { readonly name: string }): boolean =>
  /^\[[^\]]*\d+\/\d+\] /.test(name) && !name.includes(listInImage);

/**
 * `command` runs in the stage that is the image, as its user and in its environment; only its output leaves the build.
 * @throws CiCacheError `OptionInvalid` for a Dockerfile without a stage, or without the one that is the image.
 */
export const freezeDockerfile = (spec: LegSpec, text: string, command: string): string => {
  const { upTo, behind, at } = inTargetStage(spec, text, [
    // Made by COPY, which no USER instruction limits, and writable for whoever the image runs as.
    `COPY --chmod=666 <<NX_CI_CACHE ${listInImage}`,
    'NX_CI_CACHE',
    // The image's user may have no home to keep one in, and a cache is of no use to a list.
    'ENV UV_NO_CACHE=1',
    `RUN ${command} > ${listInImage}`,
  ]);
  return [...upTo, ...behind, 'FROM scratch', `COPY --from=${at} ${listInImage} /${listName}`, ''].join('\n');
};
