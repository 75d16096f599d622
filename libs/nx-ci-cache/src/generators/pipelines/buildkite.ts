/** Buildkite: a pipeline file for `buildkite-agent pipeline upload`. */
import { below, indented, scalar } from './lines';
import type { Pipeline } from './pipeline';
import { kept } from './regions';

const proposal = 'build.pull_request.id != null';

/** What its schedule sets. */
const weekly = 'build.env("VERIFY_IMAGE_CACHES") == "yes"';

const verifyStep = (setup: string, verify: string) =>
  below('- label: ci-cache verify', `  if: ${weekly}`, '  commands:', indented(below(setup, `- ${scalar(verify)}`), 4));

export const buildkite = ({ install, nx, gates, refresh, report, verify, preview, branches }: Pipeline): string => {
  const setup = below(...install.map((command) => `- ${command}`));
  const ours = branches.map((branch) => `build.branch == "${branch}"`).join(' || ');
  const all = ours === '' ? 'build.pull_request.id == null' : `build.pull_request.id == null && (${ours})`;
  const condition = `${all} && ${weekly.replace('==', '!=')}`;
  return `# Keeps constraints and image caches fresh; a pull request only looks. The parts in { } follow ci-cache.json: nx sync.
# Upload it with buildkite-agent pipeline upload. Agents need Node, uv and git with a key that may push; for images buildx,
# logged in to their registry. A weekly schedule with VERIFY_IMAGE_CACHES=yes proves the caches instead.
steps:
  - label: ci-cache preview
    key: ci-cache-preview
    if: ${proposal}
    commands:
${kept('setup-preview', setup, 6)}
      - ${nx} sync:check
      # Shows what a merge would do to constraints and images: nothing is pushed, tagged or built.
      - ${preview('origin/$BUILDKITE_PULL_REQUEST_BASE_BRANCH')}

  - label: ci-cache refresh
    key: ci-cache-refresh
${kept('branches', `if: ${condition}`, 4)}
    # One after another and never cancelled: a refresh that is cut short is one that did not happen.
    concurrency: 1
    concurrency_group: ci-cache/$BUILDKITE_PIPELINE_SLUG/$BUILDKITE_BRANCH
    commands:
${kept(
  'refresh',
  below(setup, `- ${scalar(`trap "${report}" EXIT`)}`, gates && `- ${scalar(gates)}`, `- ${scalar(refresh)}`),
  6,
)}
    artifact_paths: ['dist/**/refresh.*']

  # Builders that have nothing prove that the caches hold every step.
${kept('verify', verify && verifyStep(setup, verify), 2)}
`;
};
