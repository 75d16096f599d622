/** One fault from beginning to end: a run that meets it, what is there afterwards, and the run after it. */
import type { LegFacts } from '../..';
import { slowDockerfile, type PublishedSweep, type Sweep } from './sweep';
import type { Case } from './cases';
import { strike } from './strike';
import { leftOver, tagsOf, unwhole } from './judge';

export type Problem = 'lost' | 'false success' | 'manual repair' | 'left-over process' | 'late' | 'needless rebuild';

export interface Injection {
  readonly name: string;
  readonly fired: boolean;
  readonly ending: string;
  readonly problems: readonly { readonly problem: Problem; readonly text: string }[];
}

/** For a whole run that fails: its tries, their waits, and the limits of the build. */
const limitMs = 180_000;

export const inject = async (sweep: Sweep, fault: Case): Promise<Injection> => {
  const facts = 'state' in fault && fault.state.endsWith('in a step') ? sweep.newLeg(slowDockerfile) : sweep.newLeg();
  const before = await tagsOf(sweep, facts);
  const { signal, planned, ...armed } = await strike(sweep, facts, fault);
  const started = Date.now();
  const ended = await settled(sweep.run(facts, { signal, planned }));
  const tookMs = Date.now() - started;
  const rival = await armed.rival();
  const found: Injection['problems'][number][] = [];
  const left = await leftOver(sweep);
  if (left.length > 0) found.push({ problem: 'left-over process', text: left.join('; ') });
  if (tookMs > limitMs + 5_000) found.push({ problem: 'late', text: `${tookMs} ms` });
  await armed.disarm();

  const newest = rival?.facts ?? facts;
  const check = async (of: LegFacts, end: PublishedSweep | Error) => {
    const tags = await tagsOf(sweep, of);
    for (const text of await unwhole(sweep, tags)) found.push({ problem: 'lost', text });
    if (!(end instanceof Error) && !isTrue(end, tags, of !== newest))
      found.push({ problem: 'false success', text: JSON.stringify(end) });
    return tags;
  };
  const between = await check(facts, ended);
  const theirs = rival === undefined ? {} : await check(rival.facts, rival.ended);
  const wasRecorded = await sweep.isFresh(newest);

  const again = await settled(sweep.run(newest));
  if (again instanceof Error) found.push({ problem: 'manual repair', text: again.message });
  const after = await check(newest, again);
  if (wasRecorded && !(again instanceof Error) && again.leg.result === 'built')
    found.push({ problem: 'needless rebuild', text: again.leg.leg });
  // Nothing was there for a while that an undisturbed run does not leave.
  for (const { latest } of [between, theirs])
    if (latest !== undefined && ![before['latest'], after['latest']].includes(latest))
      found.push({ problem: 'lost', text: `latest held ${latest}` });
  return { name: fault.name, fired: armed.fired(), ending: endingOf(ended), problems: found };
};

const settled = (run: Promise<PublishedSweep>): Promise<PublishedSweep | Error> => run.catch((error: Error) => error);

/** Whoever says it is published has it under every tag; whom a newer run overtook, under those that are its own. */
const isTrue = (
  { image: { result, tags = [], digest } }: PublishedSweep,
  held: Readonly<Record<string, string | undefined>>,
  isOvertaken: boolean,
): boolean => {
  const written = tags.filter(({ tag, action }) => action !== 'kept' && !(isOvertaken && tag === 'latest'));
  const isHeld = written.every(({ tag }) => held[tag] === digest);
  return isHeld && (isOvertaken || result === 'published' || result === 'unchanged');
};

const endingOf = (ended: PublishedSweep | Error): string =>
  ended instanceof Error ? ((ended as { code?: string }).code ?? ended.name) : ended.image.result;
