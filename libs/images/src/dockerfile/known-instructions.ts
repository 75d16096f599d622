/** Instructions that BuildKit knows: one that it does not know ends the build before its first step. */
import { closeMatches } from '@nx-ci-cache/config';
import { isDockersSyntax } from './directives';
import { type Instruction, innerOf } from './instructions';
import { dockerfileInvalid } from './invalid';

const known = [
  ...['ADD', 'ARG', 'CMD', 'COPY', 'ENTRYPOINT', 'ENV', 'EXPOSE', 'FROM', 'HEALTHCHECK', 'LABEL', 'MAINTAINER'],
  ...['ONBUILD', 'RUN', 'SHELL', 'STOPSIGNAL', 'USER', 'VOLUME', 'WORKDIR'],
];

/** Of all stages, the ones that are not built too. */
export const unknownInstructions = (
  file: string,
  text: string,
  instructions: readonly Instruction[],
): readonly Error[] => {
  if (!isDockersSyntax(text)) return [];
  return instructions.map(innerOf).flatMap(({ line, keyword }) => {
    if (known.includes(keyword)) return [];
    const near = closeMatches(keyword, known);
    const remedy = near.length > 0 ? `Did you mean ${near.join(' or ')}?` : `Known are ${known.join(', ')}.`;
    return [dockerfileInvalid({ file, line }, `${keyword} is no instruction`, remedy)];
  });
};
