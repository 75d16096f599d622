/** Azure: a pipeline file that its pipeline is made from. */
import { below, indented, scalar, when } from './lines';
import type { Pipeline } from './pipeline';
import { kept } from './regions';

const steps = ({ install }: Pipeline) =>
  below(
    '- task: NodeTool@0',
    '  inputs: { versionSpec: 22.x }',
    '- task: UsePythonVersion@0',
    '- script: python -m pip install --quiet uv',
    ...install.map((command) => `- script: ${command}`),
  );

/** The token of the run, for the server it is meant for and no other. */
const token = `  env:
    GIT_CONFIG_COUNT: '1'
    GIT_CONFIG_KEY_0: http.$(System.CollectionUri).extraheader
    GIT_CONFIG_VALUE_0: 'Authorization: Bearer $(System.AccessToken)'`;

const login = `- task: Docker@2
  inputs: { command: login, containerRegistry: ci-cache }`;

const weekly = `- cron: '47 5 * * 0'
  displayName: weekly
  always: 'true'
  branches:`;

const verifyJob = (pipeline: Pipeline) =>
  below(
    '- job: verify',
    "  condition: eq(variables['Build.CronSchedule.DisplayName'], 'weekly')",
    "  timeoutInMinutes: '0'",
    '  steps:',
    '    - checkout: self',
    "      fetchDepth: '0'",
    indented(below(steps(pipeline), login, `- script: ${scalar(pipeline.verify)}`, token), 4),
  );

export const azure = (pipeline: Pipeline): string => {
  const { nx, gates, refresh, report, verify, preview, branches, hasImages } = pipeline;
  const publishing = branches.length === 0 ? "include: ['*']" : `include: [${branches.map(scalar).join(', ')}]`;
  return `# Keeps constraints and image caches fresh; a pull request only looks. The parts in { } follow ci-cache.json: nx sync.
# The build service needs the right to contribute; the service connection "ci-cache" logs in to the registry of images.
trigger:
  # One after another: what is merged meanwhile waits for the run before it.
  batch: 'true'
  branches:
${kept('branches', publishing, 4)}
pr:
  branches:
    include: ['*']
schedules:
  - cron: '17 3 * * *'
    displayName: nightly
    always: 'true'
    branches:
${kept('schedule', publishing, 6)}
${kept('weekly', when(verify !== '', below(weekly, `    ${publishing}`)), 2)}

pool:
  vmImage: ubuntu-latest

jobs:
  - job: preview
    condition: eq(variables['Build.Reason'], 'PullRequest')
    steps:
      - checkout: self
        fetchDepth: '0'
${kept('setup-preview', steps(pipeline), 6)}
      - script: ${nx} sync:check
      # Shows what a merge would do to constraints and images: nothing is pushed, tagged or built.
      - script: ${preview('origin/$(System.PullRequest.targetBranchName)')}
${token.replaceAll(/^/gm, '      ')}

  - job: refresh
    condition: and(ne(variables['Build.Reason'], 'PullRequest'), ne(variables['Build.CronSchedule.DisplayName'], 'weekly'))
    # A refresh that is cut short is one that did not happen.
    timeoutInMinutes: '0'
    steps:
      - checkout: self
        fetchDepth: '0'
${kept('setup', below(steps(pipeline), when(hasImages, login)), 6)}
${kept('gates', gates && below(`- script: ${scalar(gates)}`, '  displayName: gates', token), 6)}
${kept('refresh', below(`- script: ${scalar(refresh)}`, '  displayName: refresh', token), 6)}
${kept('report', below(`- script: ${scalar(report)}`, '  displayName: report', '  condition: always()'), 6)}
      - publish: dist
        artifact: ci-cache-report
        condition: always()

  # Once a week builders that have nothing prove that the caches hold every step.
${kept('verify', when(verify !== '', verifyJob(pipeline)), 2)}
`;
};
