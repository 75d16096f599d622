/** CircleCI: .circleci/config.yml. */
import { below, indented, scalar, when } from './lines';
import type { Pipeline } from './pipeline';
import { kept } from './regions';

const login = `- run:
    name: log in to the registry of images
    command: printf %s "$IMAGE_REGISTRY_TOKEN" | docker login --username "$IMAGE_REGISTRY_USER" --password-stdin "$IMAGE_REGISTRY"`;

const named = (name: string, command: string, ...more: readonly string[]) =>
  below('- run:', `    name: ${name}`, ...more.map((line) => `    ${line}`), `    command: ${scalar(command)}`);

const verifyJob = (steps: string) =>
  below('verify:', "  machine: { image: 'ubuntu-2404:current' }", '  steps:', indented(steps, 4));

const verifyWorkflow = `ci-cache-verify:
  when: << pipeline.parameters.verify-image-caches >>
  jobs: [verify]`;

export const circleci = ({
  install,
  nx,
  gates,
  refresh,
  report,
  verify,
  preview,
  branches,
  hasImages,
}: Pipeline): string => {
  const list = `[${branches.map(scalar).join(', ')}]`;
  const [base = 'main'] = branches;
  const setup = below(
    '- checkout',
    '- run: python3 -m pip install --quiet uv',
    ...install.map((command) => `- run: ${command}`),
  );
  return `# Keeps constraints and image caches fresh; any other branch only looks. The parts in { } follow ci-cache.json: nx sync.
# The checkout's key must be allowed to push. Add a schedule to this pipeline in the project's settings.
# A weekly one with the parameter verify-image-caches proves the caches instead.
version: 2.1

parameters:
  verify-image-caches: { type: boolean, default: false }

jobs:
  preview:
    machine: { image: 'ubuntu-2404:current' }
    steps:
${kept('setup-preview', setup, 6)}
      - run: ${nx} sync:check
      # Shows what a merge would do to constraints and images: nothing is pushed, tagged or built.
${kept('preview', `- run: ${preview(`origin/${base}`)}`, 6)}

  refresh:
    machine: { image: 'ubuntu-2404:current' }
    steps:
${kept('setup', below(setup, when(hasImages, login)), 6)}
${kept('gates', gates && named('gates', gates), 6)}
${kept('refresh', named('refresh', refresh), 6)}
${kept('report', named('report', report, 'when: always'), 6)}
      - store_artifacts: { path: dist }

  # Builders that have nothing prove that the caches hold every step.
${kept('verify', verify && verifyJob(below(setup, login, named('verify', verify))), 2)}

workflows:
  ci-cache:
    unless: << pipeline.parameters.verify-image-caches >>
    jobs:
      - preview:
          filters:
            branches:
${kept('other-branches', branches.length === 0 ? 'ignore: []' : `ignore: ${list}`, 14)}
      - refresh:
          # One after another and never cancelled: a refresh that is cut short is one that did not happen.
          serial-group: << pipeline.project.slug >>/ci-cache
          filters:
            branches:
${kept('branches', branches.length === 0 ? 'only: [/.*/]' : `only: ${list}`, 14)}
${kept('verify-workflow', verify && verifyWorkflow, 2)}
`;
};
