/** What a RUN asks for beside files: secrets, keys of an agent, rights. Each has its option, without which the build fails. */
import { posix } from 'node:path';
import { closeMatches } from '@nx-ci-cache/config';
import { flagValues } from './flags';
import type { Instruction } from './instructions';
import { type DockerfilePlace, dockerfileInvalid } from './invalid';
import { mountsOf, type Mount } from './mounts';
import { sourcesOf } from './copied';
import { remoteSource } from './remote-source';
import type { Fill } from './stage-values';

export interface RunOptions {
  /** By id. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly ssh: Readonly<Record<string, string>>;
  readonly allow: readonly string[];
}

export const runFaults = (
  place: DockerfilePlace,
  instruction: Instruction,
  fill: Fill,
  options: RunOptions,
): readonly Error[] => {
  const { keyword, value, flags } = instruction;
  const shown = `${keyword} ${value}`.split('\n')[0] ?? '';
  const missing = (what: string, remedy: string) => dockerfileInvalid(place, `${shown}: ${what}`, remedy);
  const secrets = mountsOf(instruction)
    .filter(({ type, required }) => type === 'secret' && isTrue(required))
    .map((mount) => secretId(mount, fill))
    .filter((id) => !(id in options.secrets))
    .map((id) => missing(`there is no secret "${id}"`, secretRemedy(id, Object.keys(options.secrets))));
  const keys = [...mountsOf(instruction).flatMap(sshId), ...sshOfGit(instruction, fill)]
    .filter((id) => !(id in options.ssh))
    .map((id) => missing(`it wants the ssh agent or key "${id}"`, sshRemedy(id)));
  const rights = [
    ...flagValues(flags, 'security').flatMap((mode) => (mode === 'insecure' ? ['security.insecure'] : [])),
    ...flagValues(flags, 'network').flatMap((mode) => (mode === 'host' ? ['network.host'] : [])),
  ]
    .filter((right) => keyword === 'RUN' && !options.allow.includes(right))
    .map((right) => missing(`it wants the right ${right}`, `Write "allow": ["${right}"] ${ofImage}.`));
  return [...secrets, ...keys, ...rights];
};

const ofImage = 'into the image in ci-cache.json';

const isTrue = (required: string | undefined): boolean => ['true', '1', 't'].includes(required?.toLowerCase() ?? '');

const secretId = ({ id, source, src, target, dst, destination }: Mount, fill: Fill): string =>
  fill(source ?? src ?? id ?? posix.basename(target ?? dst ?? destination ?? '')).text;

const sshId = ({ type, id, source, src }: Mount): readonly string[] =>
  type === 'ssh' ? [source ?? src ?? id ?? 'default'] : [];

/** Git takes the agent that is called default. */
const sshOfGit = (instruction: Instruction, fill: Fill): readonly string[] =>
  instruction.keyword === 'ADD' && sourcesOf(instruction).some((word) => remoteSource(fill(word).text)?.isSsh)
    ? ['default']
    : [];

const secretRemedy = (id: string, known: readonly string[]): string => {
  const [near] = closeMatches(id, known);
  return `Write "secrets": { "${id}": "<absolute path>" } ${ofImage}${near === undefined ? '' : `; did you mean ${near}?`}.`;
};

const sshRemedy = (id: string): string =>
  id === 'default'
    ? `Write "ssh": true ${ofImage}, or "ssh": { "default": "<absolute path of a socket or key>" }.`
    : `Write "ssh": { "${id}": "<absolute path of a socket or key>" } ${ofImage}.`;
