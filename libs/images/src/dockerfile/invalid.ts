/** What is wrong with a Dockerfile, said at its place. */
import { CiCacheError } from '@nx-ci-cache/process';

export interface DockerfilePlace {
  readonly file: string;
  readonly line: number;
}

export const dockerfileInvalid = ({ file, line }: DockerfilePlace, what: string, remedy: string, data: object = {}) =>
  new CiCacheError('OptionInvalid', `${file}:${line}: ${what}`, { remedy, data: { file, line, ...data } });
