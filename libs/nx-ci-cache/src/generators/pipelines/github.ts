/** GitHub: .github/workflows/ci-cache.yml. */
import { sharedJobs } from './github-shared';
import { afterRefresh, beforeRefresh, checkout, login, setup, token, weekly } from './github-steps';
import { below, indented, scalar, when } from './lines';
import type { Pipeline } from './pipeline';
import { kept } from './regions';

const verifyJob = (pipeline: Pipeline) =>
  below(
    'verify:',
    `  if: github.event.schedule == '${weekly}'`,
    '  runs-on: ubuntu-latest',
    '  permissions:',
    '    contents: read',
    '    packages: read',
    '  steps:',
    indented(below(checkout, setup(pipeline), login), 4),
    `    - run: ${pipeline.install.at(-1)}`,
    `    - run: ${scalar(pipeline.verify)}`,
    indented(token, 4),
  );

const refreshJob = (pipeline: Pipeline): string => `  refresh:
    if: github.event_name != 'pull_request' && github.event.schedule != '${weekly}'
    runs-on: ubuntu-latest
    # One after another and never cancelled: a refresh that is cut short is one that did not happen.
    concurrency:
      group: ci-cache-\${{ github.ref }}
      cancel-in-progress: false
    permissions:
      contents: write
      packages: write
    steps:
${beforeRefresh(pipeline)}
${kept('refresh', below('- name: refresh', `  run: ${scalar(pipeline.refresh)}`, token), 6)}
${afterRefresh(pipeline)}
`;

/** Of all jobs together: a job of its own would let go of the others between two of them. */
const oneAfterAnother = `
# One after another and never cancelled: a refresh that is cut short is one that did not happen.
concurrency:
  group: ci-cache-\${{ (github.event_name == 'pull_request' || github.event.schedule == '${weekly}') && github.run_id || github.ref }}
  cancel-in-progress: false
`;

export const github = (pipeline: Pipeline): string => {
  const { install, nx, verify, preview, branches } = pipeline;
  const publishing = branches.length === 0 ? "branches: ['**']" : `branches: [${branches.map(scalar).join(', ')}]`;
  return `# Keeps constraints and image caches fresh; a pull request only looks. The parts in { } follow ci-cache.json: nx sync.
name: ci-cache

on:
  push:
${kept('branches', publishing, 4)}
  schedule:
    - cron: '17 3 * * *'
${kept('weekly', when(verify !== '', `- cron: '${weekly}'`), 4)}
  pull_request:
  workflow_dispatch:
${when(pipeline.shared !== undefined, oneAfterAnother)}
permissions:
  contents: read

jobs:
  preview:
    if: github.event_name == 'pull_request'
    runs-on: ubuntu-latest
    steps:
${indented(checkout, 6)}
${kept('setup-preview', setup(pipeline), 6)}
      - run: ${install.at(-1)}
      - run: ${nx} sync:check
      # Shows what a merge would do to constraints and images: nothing is pushed, tagged or built.
      - run: ${preview('origin/${{ github.base_ref }}')}
        env:
          GITHUB_TOKEN: \${{ secrets.GITHUB_TOKEN }}

${pipeline.shared === undefined ? refreshJob(pipeline) : sharedJobs(pipeline, pipeline.shared)}
  # Once a week builders that have nothing prove that the caches hold every step.
${kept('verify', when(verify !== '', verifyJob(pipeline)), 2)}
`;
};
