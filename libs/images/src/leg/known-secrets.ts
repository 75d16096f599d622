/** Build arguments, labels and annotations stay in the image for everyone: none may hold what is known to be a secret. */
import { readFile } from 'node:fs/promises';
import type { LegSpec } from '@nx-ci-cache/config';
import { CiCacheError, credentialsIn, redact } from '@nx-ci-cache/process';

const shortest = 8;

/** @throws CiCacheError `OptionInvalid` naming the key; a secret file that cannot be read is no concern of this. */
export const refuseSecrets = async ({ image, buildArgs, output, annotations, secrets }: LegSpec): Promise<void> => {
  const files = await Promise.all(Object.values(secrets).map((path) => readFile(path, 'utf8').catch(() => '')));
  const known = [...credentialsIn(), ...files.map((text) => text.trim()).filter(({ length }) => length >= shortest)];
  for (const [group, texts] of Object.entries({ buildArgs, labels: output.labels, annotations })) {
    const found = Object.entries(texts).find(([, text]) => redact(text, known) !== text);
    if (found === undefined) continue;
    throw new CiCacheError('OptionInvalid', `images.${image}.${group}.${found[0]} holds the value of a secret`, {
      remedy: `It would stay in the image: hand it in by images.${image}.secrets, and take it with RUN --mount=type=secret.`,
    });
  }
};
