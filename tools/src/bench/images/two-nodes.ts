/** Legs of equal length on two nodes, through Nx, beside a script that builds one after the other. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execute } from '@nx-ci-cache/e2e/src/support/execute';
import { oneLegProject } from '@nx-ci-cache/e2e/src/support/one-leg';
import { makeTemplate } from '@nx-ci-cache/e2e/src/support/template';
import { Workspace } from '@nx-ci-cache/e2e/src/support/workspace';
import { down, stackEnv, up } from '@nx-ci-cache/testbed';
import { measuredTable, sideBySide } from '../measure';

const platforms = ['linux/amd64', 'linux/arm64'] as const;
const images = ['a', 'b', 'c'] as const;
const seconds = 20;

/** The step waits, so that the cores of the machine that measures are not what is measured. */
const dockerfile = (nonce: string) => `ARG BASE_IMAGE
FROM \${BASE_IMAGE}
ARG IMAGE
RUN echo ${nonce} \${IMAGE}; sleep ${seconds}
`;

export const twoNodes = async (rounds: number): Promise<string[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'nx-ci-cache-bench-'));
  const stack = join(folder, 'stack');
  process.env['E2E_FOLDER'] = folder;
  try {
    await up(stack);
    await makeTemplate(join(folder, 'template'));
    const workspace = await Workspace.create(stack);
    const config = configOf(workspace.images);
    workspace.write({ ...oneLegProject(workspace.images, 'true'), 'app/ci-cache.json': JSON.stringify(config) });
    const change = async () => {
      workspace.write({ 'app/image/Dockerfile': dockerfile(randomUUID()) });
      await workspace.commit('another step');
    };
    const ours = async () => {
      await change();
      const { exitCode, all } = await workspace.nx(['run', 'app:refresh']);
      if (exitCode !== 0) throw new Error(all);
    };
    await ours();
    const env = stackEnv(stack);
    const host = env['CI_CACHE_REGISTRY'] ?? '';
    const script = async () => {
      await change();
      for (const image of images)
        for (const platform of platforms) {
          const repository = `${host}/script/${image}`;
          await execute(
            env['CI_CACHE_BUILDX'] ?? '',
            [
              ...['build', '--quiet', '--builder', config.builder.name, '--platform', platform, '--provenance=false'],
              ...['--build-arg', `BASE_IMAGE=${host}/base/python:3.13`, '--build-arg', `IMAGE=${image}`],
              ...['--output', `type=image,name=${repository},push-by-digest=true,name-canonical=true,push=true`],
              ...['--cache-to', `type=registry,ref=${repository}:${platform.replace('/', '-')},mode=max`],
              join(workspace.folder, 'app/image'),
            ],
            { cwd: workspace.folder, env },
          );
        }
    };
    return measuredTable(
      await sideBySide(
        [
          { name: `${images.length * platforms.length} legs one after the other`, run: script },
          { name: 'refresh on two nodes', run: ours },
        ],
        rounds,
      ),
    );
  } finally {
    await down(stack, { purge: true });
    rmSync(folder, { recursive: true, force: true });
  }
};

const configOf = (name: string) => {
  const config = JSON.parse(oneLegProject(name, 'true')['app/ci-cache.json'] ?? '') as {
    images: { ci: object };
    builder: object;
  };
  const nodes = platforms.map((platform) => ({
    platforms: [platform],
    endpoint: `{env.CI_CACHE_BUILDKIT_${platform.replace('linux/', '').toUpperCase()}}`,
  }));
  return {
    ...config,
    platforms,
    images: Object.fromEntries(
      images.map((image) => [
        image,
        { ...config.images.ci, buildArgs: { IMAGE: image }, repository: `{env.CI_CACHE_REGISTRY}/${name}/${image}` },
      ]),
    ),
    builder: { ...config.builder, name: 'bench_images', nodes },
  };
};
