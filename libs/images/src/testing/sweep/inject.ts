/** One fault from beginning to end: a run that meets it, what is there afterwards, and the run after it. */
import type { PublishedSweep, Sweep } from './sweep';
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
  const facts = sweep.newLeg('moment' in fault ? '' : fault.state);
  const before = await tagsOf(sweep, facts);
  const armed = await strike(sweep, facts, fault);
  const started = Date.now();
  const ended = await sweep.run(facts, armed.signal).catch((error: Error) => error);
  const tookMs = Date.now() - started;
  const found: Injection['problems'][number][] = [];
  const left = await leftOver(sweep);
  if (left.length > 0) found.push({ problem: 'left-over process', text: left.join('; ') });
  if (tookMs > limitMs + 5_000) found.push({ problem: 'late', text: `${tookMs} ms` });
  await armed.disarm();

  const killed = await tagsOf(sweep, facts);
  for (const text of await unwhole(sweep, killed)) found.push({ problem: 'lost', text });
  if (!(ended instanceof Error) && !isTrue(ended, killed))
    found.push({ problem: 'false success', text: JSON.stringify(ended) });
  const wasRecorded = await sweep.isFresh(facts);

  const again = await sweep.run(facts).catch((error: Error) => error);
  if (again instanceof Error) found.push({ problem: 'manual repair', text: again.message });
  else {
    const after = await tagsOf(sweep, facts);
    for (const text of await unwhole(sweep, after)) found.push({ problem: 'lost', text });
    if (!isTrue(again, after)) found.push({ problem: 'false success', text: JSON.stringify(again) });
    if (wasRecorded && again.leg.result === 'built') found.push({ problem: 'needless rebuild', text: again.leg.leg });
    // Nothing was there for a while that an undisturbed run does not leave.
    for (const [tag, digest] of Object.entries(killed))
      if (![before[tag], after[tag]].includes(digest) && tag === 'latest')
        found.push({ problem: 'lost', text: `${tag} held ${digest}` });
  }
  return { name: fault.name, fired: armed.fired(), ending: endingOf(ended), problems: found };
};

/** Whoever says it is published has it under every tag. */
const isTrue = ({ image }: PublishedSweep, tags: Readonly<Record<string, string | undefined>>): boolean =>
  (image.result === 'published' || image.result === 'unchanged') &&
  (image.tags ?? []).every(({ tag }) => tags[tag] === image.digest);

const endingOf = (ended: PublishedSweep | Error): string =>
  ended instanceof Error ? ((ended as { code?: string }).code ?? ended.name) : ended.image.result;
