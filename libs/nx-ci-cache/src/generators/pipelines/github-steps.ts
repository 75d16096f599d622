/** What jobs of GitHub have in common. */
import { below, when } from './lines';
import type { Pipeline } from './pipeline';

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
