/** What a Dockerfile's steps are called in a build's progress, which tells of them before the build has ended. */
import type { Vertex } from '../progress/progress';

const step = /^\[[^\]]*\d+\/\d+\] (RUN|COPY|ADD|WORKDIR)\b/;

/** RUN, COPY, ADD and WORKDIR: those a cache can hold. */
export const isCacheable = ({ name }: Pick<Vertex, 'name'>): boolean => step.test(name);

/** Of the steps that ran, the one that began first: a progress names them in any order. */
export const firstThatRan = <Step extends Pick<Vertex, 'cached' | 'startedAt'>>(
  steps: readonly Step[],
): Step | undefined =>
  steps
    .filter(({ cached, startedAt }) => !cached && startedAt !== undefined)
    .reduce<Step | undefined>(
      (first, each) => (first === undefined || (each.startedAt ?? 0) < (first.startedAt ?? 0) ? each : first),
      undefined,
    );

/** Whether a command of the Dockerfile runs: what its build still needs is not in the cache. */
export const isRunning = ({ name, cached, startedAt }: Vertex): boolean =>
  step.exec(name)?.[1] === 'RUN' && startedAt !== undefined && !cached;
