/** The builder before there is one: made in a state of its own that goes with the look, so that nothing of it stays. */
import { inPrivateFolder } from '@nx-ci-cache/process';
import { isAsDefined } from './as-defined';
import type { Buildx } from './buildx';
import { checkCertificates } from './certificates';
import { create } from './create';
import { observeBuilder, patience, type ObserveOptions } from './observe';
import type { ObservedBuilder } from './observed';

export interface Seen {
  /** By which this builder is reached. */
  readonly buildx: Buildx;
  readonly builder: ObservedBuilder | undefined;
  /** Whether it is there, and as described, for a run too. */
  readonly made: boolean;
}

/**
 * A driver that makes its nodes itself would begin with a container: such a builder is looked at as it is, or is undefined.
 * @throws CiCacheError `BuilderUnfit`: no buildx, one that is too old, certificates that cannot be used.
 */
export const lookAtBuilder = async <Value>(
  options: ObserveOptions,
  look: (seen: Seen) => Promise<Value>,
): Promise<Value> => {
  const { buildx, definition, nodeTimeoutSeconds = patience } = options;
  await checkCertificates(definition);
  const builder = await observeBuilder(options);
  const made = builder !== undefined && isAsDefined(builder, definition);
  if (made || definition.driver !== 'remote') return look({ buildx, builder, made });
  return inPrivateFolder('ci-cache-look-', async (folder) => {
    const own = { ...buildx, env: { ...buildx.env, BUILDX_CONFIG: folder } };
    await create(own, definition, nodeTimeoutSeconds);
    return look({ buildx: own, builder: await observeBuilder({ ...options, buildx: own }), made });
  });
};
