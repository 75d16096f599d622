/** One leg as a run makes it true, planned, built, proved and recorded, beside buildx doing the same build and no more. */
import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execute } from '@nx-ci-cache/e2e/src/support/execute';
import { ensureBuilder } from '@nx-ci-cache/images';
import { startWorld } from '@nx-ci-cache/images/src/testing/world';
import { measuredTable, sideBySide } from '../measure';

const platform = 'linux/amd64';

/** Work of a CPU and a layer of some size, never the same twice. */
const dockerfile = (nonce: string) => `ARG BASE
FROM \${BASE}
COPY --from=constraints constraints-3.11.txt /constraints.txt
RUN echo ${nonce}; head -c 64M /dev/urandom > /data; for i in 1 2 3 4 5 6; do sha256sum /data; done
`;

export const oneLeg = async (rounds: number): Promise<string[]> => {
  const world = await startWorld();
  const folder = mkdtempSync(join(tmpdir(), 'nx-ci-cache-bench-'));
  try {
    await ensureBuilder({ ...world, platforms: [platform], requireNative: false, emit: () => undefined });
    const ours = async () => {
      const nonce = randomUUID();
      await world.refresh(world.legOf(`ours-${nonce}`, platform, { 'app/Dockerfile': dockerfile(nonce) }));
    };
    const bare = async () => {
      const nonce = randomUUID();
      const context = join(folder, nonce);
      mkdirSync(join(context, 'constraints'), { recursive: true });
      writeFileSync(join(context, 'constraints/constraints-3.11.txt'), 'six==1.17.0\n');
      writeFileSync(join(context, 'Dockerfile'), dockerfile(nonce));
      const repository = `${world.host}/bare-${nonce}`;
      await execute(
        world.environment['CI_CACHE_BUILDX'] ?? '',
        [
          ...['build', '--quiet', '--builder', world.definition.name, '--platform', platform, '--provenance=false'],
          ...['--build-arg', `BASE=${world.host}/base/python:3.11`],
          ...['--build-context', `constraints=${join(context, 'constraints')}`],
          ...['--output', `type=image,name=${repository},push-by-digest=true,name-canonical=true,push=true`],
          ...['--cache-to', `type=registry,ref=${repository}:cache,mode=max`, context],
        ],
        { cwd: context, env: world.environment },
      );
    };
    return measuredTable(
      await sideBySide(
        [
          { name: 'buildx alone', run: bare },
          { name: 'the leg, planned to recorded', run: ours },
        ],
        rounds,
      ),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await world.stop();
  }
};
