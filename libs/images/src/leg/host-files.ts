/** Files of this machine that a build is handed by path: secrets, sockets and keys. Their content is none of our business. */
import { access, constants } from 'node:fs/promises';
import type { LegSpec } from '@nx-ci-cache/config';
import { CiCacheError } from '@nx-ci-cache/process';

/** One fault for each that cannot be read. */
export const missingFiles = async (spec: LegSpec, environment = process.env): Promise<readonly Error[]> => {
  const asked = [
    ...Object.entries(spec.secrets).map(([id, path]) => ({ key: `secrets.${id}`, path })),
    ...Object.entries(spec.ssh).map(([id, path]) => ({ key: `ssh.${id}`, path: path || environment['SSH_AUTH_SOCK'] })),
  ];
  const faults = await Promise.all(
    asked.map(async ({ key, path }) => {
      if (!path) return agentMissing(spec, key);
      return access(path, constants.R_OK).then(
        () => undefined,
        () => fileMissing(spec, key, path),
      );
    }),
  );
  return faults.filter((fault) => fault !== undefined);
};

const fileMissing = ({ image }: LegSpec, key: string, path: string) =>
  new CiCacheError('OptionInvalid', `images.${image}.${key}: ${path} is not there, or may not be read`, {
    remedy: `Put the file there, or correct images.${image}.${key} in ci-cache.json.`,
    data: { key, path },
  });

const agentMissing = ({ image }: LegSpec, key: string) =>
  new CiCacheError('OptionInvalid', `images.${image}.${key}: no ssh agent is running, SSH_AUTH_SOCK is not set`, {
    remedy: 'Start one (eval "$(ssh-agent)"; ssh-add), or write the path of a socket or key in place of true.',
    data: { key },
  });
