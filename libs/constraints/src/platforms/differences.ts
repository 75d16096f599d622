/** What the cell holds on other platforms of the project: the file, resolved for one, has their pins only where these are its own. */
import type { CellFacts } from '@nx-ci-cache/records';
import { briefly } from '../explain/brief';
import { readable } from '../explain/unsolved';
import { namedWithoutWheels } from '../explain/without-wheels';
import { pinsOf, readLines } from '../file/lines';
import type { Pins } from '../file/pins';
import { compileCell } from '../resolver/compile';
import { resolverPlatform } from '../target/platform';

/** Warnings. @param found everything the cell resolved to. */
export const platformDifferences = async (
  { platforms = [], ...facts }: CellFacts,
  found: Pins,
  signal?: AbortSignal,
): Promise<readonly string[]> => {
  // What has no wheel there would be built here, only to learn what it requires.
  if (facts.allowSdist === 'all') return [];
  // Its own pins are preferred, so that only what has to differ does.
  const keep = [...found].map(([name, version]) => `${name}==${version}\n`).join('');
  const warnings: string[] = [];
  for (const platform of platforms) {
    const target = resolverPlatform(platform, facts);
    if (target === undefined) continue;
    const answer = await compileCell({ ...facts, keep }, { platform: target, ...(signal ? { signal } : {}) });
    if (answer.exitCode !== 0) {
      const names = namedWithoutWheels(answer);
      const why = names.length > 0 ? `${names.join(', ')} without a wheel` : briefly(readable(answer.stderr, facts));
      warnings.push(`there is no solution on ${platform}: ${why}`);
    }
    for (const [name, version] of pinsOf(readLines(answer.output))) {
      const pin = found.get(name);
      if (pin === undefined)
        warnings.push(`${name} is required on ${platform} only: this file is for linux/amd64, and has no pin of it`);
      else if (pin !== version) warnings.push(`${name} resolves to ${version} on ${platform}, and to ${pin} here`);
    }
  }
  return warnings;
};
