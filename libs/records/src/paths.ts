/** Where each record lives: everything this plugin writes is under the project's one folder of records. */
import { constraintFile, cellName, legName } from './names';
import type { Cell, Leg } from './config';
import { recordsFolder } from './records-folder';

/** All paths relative to the workspace. */
export const recordPaths = (projectRoot: string) => {
  const base = recordsFolder(projectRoot);
  return {
    base,
    cells: `${base}/cells`,
    cellFacts: (cell: Cell) => `${base}/cells/${cellName(cell)}.json`,
    /** The configuration as this run began with it. */
    config: `${base}/config.json`,
    snapshot: `${base}/snapshot.json`,
    branch: `${base}/branch.json`,
    bases: `${base}/bases.json`,
    published: `${base}/published`,
    constraintsFolder: (python: string) => `${base}/constraints-${python}`,
    constraints: (cell: Cell) => `${base}/constraints-${cell.python}/${constraintFile(cell)}`,
    cellRecord: (cell: Cell) => `${base}/constraints-${cell.python}/${cellName(cell)}.json`,
    /** Why a cell has no solution, where that is too long for a message. Of no record, and in no cache. */
    explanation: (cell: Cell) => `${base}/logs/unsolved-${cellName(cell)}.txt`,
    changes: `${base}/changes.json`,
    changesMarkdown: `${base}/changes.md`,
    push: `${base}/push.json`,
    /** Constraint files of the pushed commit: what legs build from. */
    pushed: `${base}/pushed`,
    planRecord: `${base}/plan.json`,
    plans: `${base}/plan`,
    /** The stale legs as jobs of a CI. */
    matrix: `${base}/plan/matrix.json`,
    /** What the jobs of the matrix are to go by. */
    seen: `${base}/plan/seen.json`,
    plan: (leg: Leg) => `${base}/plan/${legName(leg)}.json`,
    reasons: (leg: Leg) => `${base}/plan/reasons/${legName(leg)}.json`,
    imagePlan: (image: string, python: string) => `${base}/plan/publish-${image}-${python}.json`,
    imageReasons: (image: string, python: string) => `${base}/plan/reasons/publish-${image}-${python}.json`,
    leg: (leg: Leg) => `${base}/legs/${legName(leg)}.json`,
    /** All that the leg's last build here printed. Of no record, and in no cache: it may be large. */
    legLog: (leg: Leg) => `${base}/logs/${legName(leg)}.log`,
    /** What a built image holds, by the build's name. */
    freeze: (build: string) => `${base}/images/${build}/freeze.txt`,
    freezeRecord: (build: string) => `${base}/images/${build}/freeze.json`,
    image: (image: string, python: string) => `${base}/images/${image}-${python}.json`,
    refresh: (format: 'json' | 'md' | 'html') => `${base}/refresh.${format}`,
    /** Its outcome, for a badge. */
    badge: `${base}/refresh-badge.json`,
    /** The answer of the target `why`. */
    why: (format: 'json' | 'md') => `${base}/why.${format}`,
    /** What would change on a branch people already have. */
    import: (format: 'json' | 'md') => `${base}/import.${format}`,
    /** The proof of the caches. */
    verify: `${base}/verify.json`,
    /** What was left over in registries, and what became of it. */
    prune: `${base}/prune.json`,
    materialised: `${base}/constraints`,
  };
};

export type RecordPaths = ReturnType<typeof recordPaths>;
