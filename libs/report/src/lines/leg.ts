/** The report's line about one leg: why it was stale, and what was done about it. */
import { counted } from '@nx-ci-cache/process';
import { inWords, isNative, type FailureRecord, type LegReasons, type LegRecord } from '@nx-ci-cache/records';
import { lineOf, skipped, type BuildLine, type Line, type Verified } from '../line';

export const legLine = (
  record: LegRecord | FailureRecord | undefined,
  planned: LegReasons | FailureRecord | undefined,
): Line => {
  const { reasons = [], stale = true, superseded } = planned !== undefined && 'reasons' in planned ? planned : {};
  const words = inWords(reasons);
  const due = reasons.length === 0 ? {} : { reasons };
  if (record === undefined) return { ...skipped, text: [skipped.text, ...words].join('; '), ...due };
  return lineOf<LegRecord>(record, (leg) =>
    leg.result === 'superseded'
      ? { status: 'unchanged', text: `superseded: ${superseded ?? leg.reason ?? ''}`, ...due }
      : { ...builtLine(leg, words.join('; '), stale), ...due },
  );
};

const builtLine = (record: LegRecord, reasons: string, stale: boolean): Line => {
  const { result, cacheDigest = '', digest = `the cache ${cacheDigest}`, node = 'a node', platform } = record;
  if (result === 'previewed') return { status: 'previewed', text: `${record.reason ?? 'would be built'}: ${reasons}` };
  if (!stale) return { status: 'unchanged', text: `nothing changed, ${digest}` };
  if (result === 'already-applied') return { status: 'unchanged', text: 'another run built it meanwhile' };
  const { ranOn = platform, steps, retries = 0 } = record;
  const emulated = isNative(platform, ranOn) ? '' : `, emulated on ${ranOn}`;
  const apart = record.apart ? ', apart from leg tag and cache' : '';
  const cached = steps ? `, ${steps.cached} of ${counted(steps.total, 'step')} cached` : '';
  const retried = retries === 0 ? '' : `, ${counted(retries, 'retry', 'retries')}`;
  const missing = record.cacheMissing === undefined ? '' : `, its cache is missing: ${record.cacheMissing}`;
  return {
    ...{ status: 'done', text: `built on ${node}${emulated}${apart}${cached}${retried}${missing}: ${reasons}` },
    ...{ build: buildLine(record), verified: verifiedOf(record) },
  };
};

const buildLine = (record: LegRecord): BuildLine => {
  const { node, platform, ranOn = platform, seconds, steps, ran, figures, retries = 0 } = record;
  const { startedAt, endedAt, cacheMissing } = record;
  return {
    ...(node === undefined ? {} : { node }),
    ...(isNative(platform, ranOn) ? {} : { emulatedOn: ranOn }),
    ...(seconds === undefined ? {} : { seconds }),
    ...(steps === undefined ? {} : { steps }),
    ...(ran === undefined ? {} : { ran }),
    ...(startedAt === undefined || endedAt === undefined ? {} : { startedAt, endedAt }),
    ...(retries === 0 ? {} : { retries }),
    ...(cacheMissing === undefined ? {} : { cacheMissing }),
    ...(figures === undefined ? {} : pick(figures)),
  };
};

const pick = ({
  imageBytes,
  cacheBytes,
  cacheManifestBytes,
  timings,
  ...seconds
}: NonNullable<LegRecord['figures']>) => ({
  ...(imageBytes === undefined ? {} : { imageBytes: imageBytes.reduce((sum, bytes) => sum + bytes, 0) }),
  ...(cacheBytes === undefined ? {} : { cacheBytes }),
  ...(cacheManifestBytes === undefined ? {} : { cacheManifestBytes }),
  ...{ ...seconds, timings },
});

const verifiedOf = ({ repository, digest, cacheRef, cacheDigest }: LegRecord): Verified[] => [
  ...(digest === undefined
    ? []
    : [{ what: `${repository}@${digest}`, how: 'manifest and platform were read back from the registry' }]),
  ...(cacheDigest === undefined
    ? []
    : [{ what: `${cacheRef}@${cacheDigest}`, how: 'the registry was asked for every blob of it' }]),
];
