/** A line now and then while a build says nothing: who watches it sees that it goes on, and at what. */
import { counted, redact } from '@nx-ci-cache/process';
import { isStep } from './progress-lines';
import type { Transfer, Vertex } from './progress';

export interface SignsOfLife {
  readonly onVertex: (vertex: Vertex) => void;
  readonly onTransfer: (transfer: Transfer) => void;
  /** Something else was said: the wait starts anew. */
  readonly said: () => void;
  readonly stop: () => void;
}

/** Milliseconds of silence. */
const longest = 30_000;

export const signsOfLife = (leg: string, emit: (line: string) => void, silence = longest): SignsOfLife => {
  const started = Date.now();
  const steps = new Map<string, boolean>();
  /** By vertex, in the order they began. */
  const atWork = new Map<string, { readonly name: string; readonly since: number }>();
  const transfers = new Map<string, ReadonlyMap<string, number>>();
  const say = () => {
    const [digest, current] = [...atWork].at(-1) ?? [];
    const seconds = (since: number) => Math.round((Date.now() - since) / 1000);
    const bytes = [...(transfers.get(digest ?? '')?.values() ?? [])].reduce((all, each) => all + each, 0);
    const moved = bytes === 0 ? '' : `, ${Math.round(bytes / 100_000) / 10} MB`;
    const at = current === undefined ? 'waiting' : `at ${current.name} for ${seconds(current.since)} s${moved}`;
    const done = [...steps.values()];
    const cached = done.filter(Boolean).length;
    emit(redact(`${leg}: ${at}; ${counted(done.length, 'step')} done, ${cached} CACHED, ${seconds(started)} s in all`));
  };
  const timer = setInterval(say, silence);
  return {
    onVertex: ({ digest, name, startedAt, completed, cached }) => {
      if (completed) atWork.delete(digest);
      else if (startedAt !== undefined && !atWork.has(digest)) atWork.set(digest, { name, since: Date.now() });
      if (completed && isStep(name)) steps.set(digest, cached);
    },
    onTransfer: ({ vertex, id, bytes }) =>
      void transfers.set(vertex, new Map([...(transfers.get(vertex) ?? []), [id, bytes]])),
    said: () => void timer.refresh(),
    stop: () => clearInterval(timer),
  };
};
