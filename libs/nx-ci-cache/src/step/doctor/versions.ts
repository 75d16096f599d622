/** Versions of Node and Nx, as the first step of a run judges them. */
import type { Finding } from '@nx-ci-cache/report';
import { unfitNode, unfitNx } from '../context/versions';
import { well, wrong } from './check';

export const judgeNode = (version: string): Finding => {
  const unfit = unfitNode(version);
  return unfit === undefined ? well(`Node ${version}`) : wrong(unfit.says, unfit.mend);
};

/** @param version undefined when the workspace has no Nx of its own. */
export const judgeNx = (version: string | undefined): Finding => {
  const unfit = unfitNx(version);
  return unfit === undefined ? well(`Nx ${version}`) : wrong(unfit.says, unfit.mend);
};
