/** GitLab: a file that .gitlab-ci.yml includes. */
import { below, indented, scalar, when } from './lines';
import type { Pipeline } from './pipeline';
import { kept } from './regions';

const docker = `services: ['docker:dind']
variables:
  GIT_DEPTH: 0
  DOCKER_HOST: tcp://docker:2376
  DOCKER_TLS_CERTDIR: /certs
  DOCKER_TLS_VERIFY: 1
  DOCKER_CERT_PATH: /certs/client`;

const login =
  '- printf %s "$CI_REGISTRY_PASSWORD" | docker login --username "$CI_REGISTRY_USER" --password-stdin "$CI_REGISTRY"';

const verifyJob = (verify: string) =>
  below(
    'ci-cache-verify:',
    '  extends: .ci-cache',
    '  rules:',
    '    - if: $VERIFY_IMAGE_CACHES',
    '  script:',
    indented(below(login, `- ${scalar(verify)}`), 4),
  );

export const gitlab = (pipeline: Pipeline): string => {
  const { install, nx, gates, refresh, report, verify, preview, branches, hasImages } = pipeline;
  const ours = branches.map((branch) => `- if: $CI_COMMIT_BRANCH == "${branch}"`);
  const rules = [
    '- if: $VERIFY_IMAGE_CACHES',
    '  when: never',
    ...(ours.length === 0 ? ['- if: $CI_COMMIT_BRANCH'] : ours),
  ];
  return `# Keeps constraints and image caches fresh; a merge request only looks. The parts in { } follow ci-cache.json: nx sync.
# Include it from .gitlab-ci.yml, and add a schedule of pipelines; a weekly one with the variable
# VERIFY_IMAGE_CACHES proves the caches instead. CI_JOB_TOKEN must be allowed to push to this project.
.ci-cache:
  # Any image with Node, Python and git; for images Docker's client with buildx too.
  image: node:22-trixie
${kept('docker', hasImages ? docker : 'variables:\n  GIT_DEPTH: 0', 2)}
  before_script:
${kept(
  'setup',
  below(
    '- apt-get update --quiet',
    `- apt-get install --quiet --yes python3-venv${when(hasImages, ' docker-cli docker-buildx')}`,
    '- python3 -m venv /opt/uv && /opt/uv/bin/pip install --quiet uv && export PATH=/opt/uv/bin:$PATH',
    ...install.map((command) => `- ${command}`),
  ),
  4,
)}

ci-cache-preview:
  extends: .ci-cache
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
  script:
    - ${nx} sync:check
    # Shows what a merge would do to constraints and images: nothing is pushed, tagged or built.
    - ${preview('$CI_MERGE_REQUEST_DIFF_BASE_SHA')}

ci-cache-refresh:
  extends: .ci-cache
  # One after another and never cancelled: a refresh that is cut short is one that did not happen.
  resource_group: ci-cache-$CI_COMMIT_REF_SLUG
  interruptible: false
  rules:
${kept('branches', below(...rules), 4)}
  script:
${kept('refresh', below(when(hasImages, login), gates && `- ${scalar(gates)}`, `- ${scalar(refresh)}`), 4)}
  after_script:
${kept('report', `- ${scalar(report)}`, 4)}
  artifacts:
    when: always
    paths: ['dist/**/refresh.*']

# Builders that have nothing prove that the caches hold every step.
${kept('verify', when(verify !== '', verifyJob(verify)))}
`;
};
