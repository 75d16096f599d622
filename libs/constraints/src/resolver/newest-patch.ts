/** The newest patch release of a Python that the resolver knows: what people may write where X.Y.0 is too old. */
import { compare } from '@renovatebot/pep440';
import { run } from '@nx-ci-cache/process';
import { knownPythonsCommand } from './uv';

/** Only ever a proposal, so that a resolver which does not answer makes none. @param python X.Y. */
export const newestPatch = async (python: string): Promise<string | undefined> => {
  const { exitCode, stdout } = await run(knownPythonsCommand(python), { accept: [0, 1, 2] });
  if (exitCode !== 0) return undefined;
  const known = JSON.parse(stdout) as readonly { readonly version: string }[];
  return known
    .map(({ version }) => version)
    .filter((version) => version.startsWith(`${python}.`) && /^[\d.]+$/.test(version))
    .sort(compare)
    .at(-1);
};
