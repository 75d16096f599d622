/** What cached tasks print is printed again by Nx whenever it is a hit: it tells of the build or run it names, or how things are. */
import type { ImageRecord, LegRecord } from '@nx-ci-cache/records';

/** Enough of an id for people to tell one from another. */
const short = (id: string): string => id.slice(0, 8);

/** Says each line as one of the build. */
export const ofBuild =
  (buildId: string | null, say: (line: string) => void): ((line: string) => void) =>
  (line) =>
    say(buildId === null ? line : `${line} (build ${short(buildId)})`);

/** Says each line as one of the run. */
export const ofRun =
  (run: string, say: (line: string) => void): ((line: string) => void) =>
  (line) =>
    say(`${line} (run ${short(run)})`);

/** Where a leg is: whoever reads it later did not build it. */
export const legSaid = ({ leg, result, digest, cacheDigest, cacheMissing, buildId, reason }: LegRecord): string => {
  const held = digest ?? (cacheDigest === undefined ? undefined : `the cache ${cacheDigest}`);
  const missing = cacheMissing === undefined ? '' : `; its cache is missing: ${cacheMissing}`;
  if (held !== undefined && buildId !== null) return `${leg} is ${held} (build ${short(buildId)})${missing}`;
  return [`${leg}: ${result}`, reason ?? []].flat().join('; ');
};

export const imageSaid = ({ image, python, result, run, reasons = [] }: ImageRecord): string =>
  [`${image} for Python ${python}: ${result} (run ${short(run)})`, ...reasons].join('; ');
