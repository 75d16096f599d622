/** What ADD takes from an address must not move: the leg would stay fresh while its content is another one. */
import { sourcesOf } from './copied';
import { flagValues } from './flags';
import type { Instruction } from './instructions';
import { type DockerfilePlace, dockerfileInvalid } from './invalid';
import { isPinnedSource, remoteSource, type RemoteSource } from './remote-source';
import type { Fill } from './stage-values';

/** @throws CiCacheError `OptionInvalid` with the line to write, for the first source that may move. */
export const refuseUnpinned = (place: DockerfilePlace, instruction: Instruction, fill: Fill): void => {
  if (instruction.keyword !== 'ADD') return;
  const checksum = flagValues(instruction.flags, 'checksum').at(-1);
  for (const word of sourcesOf(instruction)) {
    const { text, unknown } = fill(word);
    const [variable] = unknown;
    const source = remoteSource(text);
    if (source === undefined) {
      // It may be an address, and then nobody knows which.
      if (variable !== undefined && /^\$/.test(word)) throw sourceUnknown(place, instruction, variable);
      continue;
    }
    if (variable === undefined && isPinnedSource(source, checksum && fill(checksum).text)) continue;
    throw variable === undefined
      ? unpinned(place, instruction, source, word)
      : sourceUnknown(place, instruction, variable);
  }
};

const unpinned = (
  place: DockerfilePlace,
  { value, flags, argument }: Instruction,
  source: RemoteSource,
  word: string,
) => {
  const others = flags.filter((flag) => !flag.startsWith('--checksum=')).map((flag) => `${flag} `);
  const destination = argument.split(/\s+/).at(-1) ?? '';
  const [digest, look] =
    source.kind === 'http'
      ? ['sha256:<digest>', `curl -fsSL ${withoutPassword(source.address)} | sha256sum`]
      : ['<commit>', `git ls-remote ${withoutPassword(source.address)} ${source.reference || 'HEAD'}`];
  return dockerfileInvalid(
    place,
    `ADD ${withoutPassword(value)}: what lies there may change, and nothing would be built anew`,
    `Write "ADD ${others.join('')}--checksum=${digest} ${withoutPassword(word)} ${destination}"; ${look} tells it.`,
    { source: withoutPassword(source.address) },
  );
};

const sourceUnknown = (place: DockerfilePlace, { value }: Instruction, variable: string) =>
  dockerfileInvalid(
    place,
    `ADD ${withoutPassword(value)}: what it takes is not known, because ${variable} has no value here`,
    `Write "ARG ${variable}" above it in its stage, with a value there or in "buildArgs" of the image in ci-cache.json.`,
  );

const withoutPassword = (text: string): string => text.replace(/(:\/\/)[^/@\s]*:[^/@\s]*@/g, '$1');
