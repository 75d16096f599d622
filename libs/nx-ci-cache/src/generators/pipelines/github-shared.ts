/** GitHub's jobs where nodes name runners: one plans, one for each stale leg builds it on a machine of its platform, one publishes. */
import { afterRefresh, beforeRefresh, checkout, login, reportStep, setup, token, weekly } from './github-steps';
import { below, indented, scalar } from './lines';
import type { Pipeline, SharedProject } from './pipeline';
import { kept } from './regions';

type Shared = NonNullable<Pipeline['shared']>;

const given = ['matrix', 'stale', 'publish', 'constraints-commit', 'seen'] as const;

/** What tells the jobs of a project from those of the others. */
const suffixes = ({ projects }: Shared): readonly (readonly [suffix: string, project: SharedProject])[] =>
  projects.map((project, at) => [projects.length === 1 ? '' : `-${at + 1}`, project]);

const output = (suffix: string, name: (typeof given)[number]): string => `needs.plan.outputs.${name}${suffix}`;

const handedOver = (suffix: string): string =>
  below(
    `CI_CACHE_CONSTRAINTS_COMMIT: \${{ ${output(suffix, 'constraints-commit')} }}`,
    `CI_CACHE_SEEN: \${{ ${output(suffix, 'seen')} }}`,
  );

const outputs = (shared: Shared): string =>
  below(
    'outputs:',
    ...suffixes(shared).flatMap(([suffix]) =>
      given.map((name) => `  ${name}${suffix}: \${{ steps.plan${suffix}.outputs.${name} }}`),
    ),
  );

const plans = (shared: Shared): string =>
  below(
    shared.others && below('- name: refresh', `  run: ${scalar(shared.others)}`, token),
    ...suffixes(shared).map(([suffix, { plan }]) =>
      below(`- name: plan${suffix}`, `  id: plan${suffix}`, `  run: ${scalar(plan)}`, token),
    ),
  );

/** It may write images and not the branch, and no resolver is there. */
const rights = (pipeline: Pipeline): string =>
  below(
    '  permissions:',
    '    contents: read',
    '    packages: write',
    '  steps:',
    indented(below(checkout, setup(pipeline, false), login, `- run: ${pipeline.install.at(-1)}`), 4),
  );

const legsJob = (pipeline: Pipeline, suffix: string, { build }: SharedProject): string =>
  below(
    `legs${suffix}:`,
    '  needs: plan',
    '  # An empty matrix would fail.',
    `  if: ${output(suffix, 'stale')} == 'true'`,
    '  strategy:',
    '    fail-fast: false',
    `    matrix: \${{ fromJSON(${output(suffix, 'matrix')}) }}`,
    '  runs-on: ${{ matrix.runner }}',
    rights(pipeline),
    `    - run: ${scalar(build)}`,
    indented(token, 4),
    indented(handedOver(suffix), 8),
    '        CI_CACHE_ONLY: ${{ matrix.leg }}',
  );

const publishJob = (pipeline: Pipeline, suffix: string, { publish, report }: SharedProject): string =>
  below(
    `publish${suffix}:`,
    `  needs: [plan, legs${suffix}]`,
    '  # Also when a leg has failed: that keeps no other image back.',
    `  if: \${{ !cancelled() && needs.plan.result == 'success' && ${output(suffix, 'publish')} == 'true' }}`,
    '  runs-on: ubuntu-latest',
    rights(pipeline),
    `    - run: ${scalar(publish)}`,
    indented(token, 4),
    indented(handedOver(suffix), 8),
    indented(reportStep(report), 4),
  );

export const sharedJobs = (pipeline: Pipeline, shared: Shared): string => {
  const all = suffixes(shared);
  return `  plan:
    if: github.event_name != 'pull_request' && github.event.schedule != '${weekly}'
    runs-on: ubuntu-latest
    permissions:
      contents: write
      packages: ${shared.others === '' ? 'read' : 'write'}
${kept('outputs', outputs(shared), 4)}
    steps:
${beforeRefresh(pipeline)}
${kept('plan', plans(shared), 6)}
${afterRefresh(pipeline)}

  # Each on a machine of its own: what it builds lies in the registry, and nothing else is handed on.
${kept('legs', below(...all.map(([suffix, project]) => legsJob(pipeline, suffix, project))), 2)}

${kept('publish', below(...all.flatMap(([suffix, project]) => (project.publish === '' ? [] : [publishJob(pipeline, suffix, project)]))), 2)}
`;
};
