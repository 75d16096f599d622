/** What jobs of GitHub have in common. */
import { below, indented, scalar, when } from './lines';
import type { Pipeline } from './pipeline';
import { kept } from './regions';

/** When the caches are proved. */
export const weekly = '47 5 * * 0';

export const token = `  env:
    GITHUB_TOKEN: \${{ secrets.GITHUB_TOKEN }}`;

/** @param resolves whether the job resolves constraints. Default: true. */
export const setup = ({ install, manager, hasImages }: Pipeline, resolves = true): string =>
  below(
    ...install.slice(0, -1).map((command) => `- run: ${command}`),
    '- uses: actions/setup-node@v4',
    `  with: { node-version: 22, cache: ${manager} }`,
    when(resolves, '- uses: astral-sh/setup-uv@v6'),
    when(hasImages, '- uses: docker/setup-buildx-action@v3'),
  );

export const checkout = `- uses: actions/checkout@v4
  with: { fetch-depth: 0, persist-credentials: false }`;

export const login = `# Any registry: its host, and an account that may write these images and their caches, and nothing else.
- uses: docker/login-action@v3
  with:
    registry: \${{ vars.IMAGE_REGISTRY }}
    username: \${{ vars.IMAGE_REGISTRY_USER || github.actor }}
    password: \${{ secrets.IMAGE_REGISTRY_TOKEN || secrets.GITHUB_TOKEN }}`;

/** How a job begins that writes constraints, up to its gates. */
export const beforeRefresh = (pipeline: Pipeline): string => {
  const { install, gates, hasImages } = pipeline;
  return `${indented(checkout, 6)}
${kept('setup', below(setup(pipeline), when(hasImages, login)), 6)}
      - run: ${install.at(-1)}
${kept('gates', gates && below('- name: gates', `  run: ${scalar(gates)}`, token), 6)}`;
};

/** And how it ends, whatever became of it. */
export const afterRefresh = ({ report }: Pipeline): string => `${kept('report', reportStep(report), 6)}
      - uses: actions/upload-artifact@v4
        if: always()
        with: { name: ci-cache-report, path: dist/**/refresh.* }`;

export const reportStep = (report: string): string =>
  below('- name: report', '  if: always()', `  run: ${scalar(report)}`);
