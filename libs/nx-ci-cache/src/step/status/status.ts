/** Looks at everything a refresh looks at, changes nothing, and goes on after what it cannot look at. */
import { remembering } from '@nx-ci-cache/images';
import { statusReport, type StatusReport } from '@nx-ci-cache/report';
import type { StepContext } from '../context/context';
import { imageTools } from '../context/image-tools';
import { attempt, foldedTroubles, troubleOf } from './attempt';
import { forecast } from './forecast';
import { indexStatus, lookAtBranch } from './look-at-branch';
import { lookAtCells, publishedCells } from './look-at-cells';
import { lookAtImages } from './look-at-images';
import { lookAtLegs, recordedLegs } from './look-at-legs';

export const statusOf = async (asked: StepContext, now = new Date()): Promise<StatusReport> => {
  const said: string[] = [];
  const context: StepContext = { ...asked, say: (line) => void said.push(line) };
  const { value: seen, troubles: ofBranch } = await attempt('branch', () => lookAtBranch(context));
  const index = indexStatus(seen, context);
  const registry = remembering(imageTools(context).registry);
  const [ofCells, ofLegs] = await Promise.all([
    seen === undefined ? { cells: publishedCells(seen, context), troubles: [], notes: [] } : lookAtCells(seen, context),
    seen === undefined ? recordedLegs(registry, context) : lookAtLegs(seen, registry, context),
  ]);
  const ofImages = seen === undefined ? [] : await lookAtImages(ofLegs.planned, seen, registry, context);
  const images = ofImages.map(({ image }) => image);
  const looked = { cells: ofCells.cells, index, planned: ofLegs.planned, images };
  const troubles = [ofBranch, ofCells.troubles, ofLegs.troubles, ...ofImages.map((each) => each.troubles)].flat();
  const { branch } = seen ?? {};
  return statusReport({
    ...{ project: context.projectName, observedAt: now.toISOString() },
    ...(branch === undefined ? {} : { sourceCommit: branch.sourceCommit }),
    ...(branch?.sourceBranch === undefined ? {} : { sourceBranch: branch.sourceBranch }),
    ...(seen === undefined ? {} : { branch: seen.status }),
    ...{ index, cells: ofCells.cells, legs: ofLegs.legs, images },
    refresh: await forecast(looked, context),
    troubles: foldedTroubles(troubles),
    notes: [...said, ...ofCells.notes],
  });
};

/** Of a project whose configuration cannot be read. */
export const unreadStatus = (project: string, error: unknown, now = new Date()): StatusReport => {
  const unknown = { untimed: [], how: 'nothing was looked at' };
  return statusReport({
    ...{ project, observedAt: now.toISOString(), cells: [], legs: [], images: [], notes: [] },
    refresh: { resolves: [], builds: [], mayBuild: [], publishes: [], time: { resolving: unknown, building: unknown } },
    troubles: [troubleOf('configuration', error)],
  });
};
