/** The package indexes: reachable, and with upload times, without which there is no cut-off. */
import { defaultIndexName } from '@nx-ci-cache/config';
import { defaultIndexOf, lookAtIndex, readMode } from '@nx-ci-cache/constraints';
import type { Finding } from '@nx-ci-cache/report';
import type { StepContext } from '../context/context';
import { findingOf, well, type Check } from './check';
import type { Patient } from './subject';

export const packageIndexCheck: Check<Patient> = {
  name: 'package index',
  look: async ({ context }) => {
    const { name = defaultIndexName, indexes = [], uploadTimes } = context.config.index;
    const url = await defaultIndexOf(context.config.index, context.environment);
    const own = { name, url, ...(uploadTimes === false && { uploadTimes }) };
    const project = await requiredProject(context);
    const looks = [...indexes, own].map((index): Promise<Finding> => {
      if (index.uploadTimes === false) return Promise.resolve(well(`${index.name} is known by its fingerprint`));
      return lookAtIndex(index, project, { environment: context.environment }).then(well, findingOf);
    });
    return Promise.all(looks);
  },
};

/** The first that a requirement file names; whether the files are sound is another check's finding. */
const requiredProject = async ({ config, workspaceRoot }: StepContext): Promise<string> => {
  const read = config.modes.map((mode) => readMode({ workspaceRoot, config, mode }, []).catch(() => undefined));
  const texts = (await Promise.all(read)).flatMap((mode) => mode?.facts.requirements ?? []).map(({ text }) => text);
  const found = texts.flatMap((text) => /^\s*([A-Za-z0-9][A-Za-z0-9._-]*)\s*(?:[<>=!~;[]|$)/m.exec(text)?.[1] ?? []);
  return found[0] ?? 'pip';
};
