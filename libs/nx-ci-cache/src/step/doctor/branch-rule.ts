/** The rule by which this branch publishes: without one every run is a preview. */
import type { Config } from '@nx-ci-cache/records';
import type { DetectedSource } from '@nx-ci-cache/branch';
import type { Finding } from '@nx-ci-cache/report';
import { targetBranch } from '../facts/target-branch';
import { unpublishable } from '../context/preview';
import { unseen, well, wrong, type Check } from './check';
import type { Patient } from './subject';

export const branchRuleCheck: Check<Patient> = {
  name: 'branch rule',
  look: ({ context: { config }, source }) =>
    source === undefined ? unseen('needs a checkout') : judgeBranch(config, source),
};

export const judgeBranch = ({ file, push }: Config, source: DetectedSource): Finding => {
  const { branch: sourceBranch, baseBranch, otherCommit } = source;
  const named = baseBranch ?? sourceBranch;
  const target = targetBranch(push.branches, named, { file, key: 'push.branches' });
  const why = unpublishable({ ruled: target.ruled, sourceBranch, otherCommit });
  if (why === undefined) return well(`${target.source} publishes to ${target.branch}`);
  const rule = `{ "from": ${JSON.stringify(named ?? 'main')}, "to": "constraints-…" }`;
  return wrong(
    `${why}: every run is a preview`,
    otherCommit === undefined
      ? `git switch ${target.source}, or add ${rule} to push.branches of ${file}`
      : 'Check out the commit that the CI names.',
  );
};
