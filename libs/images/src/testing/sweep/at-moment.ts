/** Faults that come with a request: what is answered, and what else happens then. */
import type { LegFacts } from '../..';
import type { Fault } from '../faulty-registry';
import type { Moment, Strike } from './cases';
import type { Arming, Rival } from './arming';

/** What dies asks nothing any more: nor does the connection it had. */
export const atMoment = ({ sweep, facts, harm, run, fire }: Arming, { method, path }: Moment, strike: Strike) => {
  let rival: Promise<Rival> | undefined;
  const another = async (theirs: LegFacts): Promise<void> => {
    rival ??= sweep.run(theirs).then(
      (ended) => ({ facts: theirs, ended }),
      (ended: Error) => ({ facts: theirs, ended }),
    );
    await rival;
  };
  const effects: Readonly<Record<Exclude<Strike['what'], 'status'>, Pick<Fault, 'answer' | 'met' | 'times'>>> = {
    hang: { answer: 'hang' },
    cut: { answer: 'cut' },
    'end of the run': { answer: 'cut', met: () => run.abort() },
    'SIGKILL of buildx': { answer: 'cut', met: harm.killTools },
    'SIGKILL of the node': { answer: 'cut', met: () => void harm.killNode() },
    // It may have done what it was asked, and part of it.
    'SIGKILL of the registry': { answer: 'pass', met: () => void harm.killRegistry() },
    'full registry': { answer: 'pass', met: () => harm.fill('registry') },
    'a run of the same commit': { answer: 'pass', met: () => another(facts), times: 1 },
    'a run of a newer commit': { answer: 'pass', met: () => another(sweep.newLeg()), times: 1 },
  };
  const { answer, met, ...rest } = strike.what === 'status' ? { answer: strike.status } : effects[strike.what];
  sweep.faulty.fail({
    ...{ method, path, answer, ...rest },
    met: () => {
      fire();
      return met?.();
    },
  });
  return { rival: async () => rival };
};
