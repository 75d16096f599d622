/** The one command that writes tags: an index from manifests that are in the repository already. */
import { commandFailureOf, run, withRetry, type RetryPolicy } from '@nx-ci-cache/process';
import type { Grant } from '@nx-ci-cache/records';
import { buildxWith, type Buildx } from '../builder/buildx';
import { registryFailed } from './failure';
import { immutableRemedy, isImmutable } from './immutable';
import { isTransient } from './transient';

/** Leg tags, tags of a commit, or the moving tag. */
export type TagGrant = Grant<'legs'> | Grant<'fixedTags'> | Grant<'movingTag'>;

export interface IndexToCreate {
  /** `repository:tag`. */
  readonly reference: string;
  readonly repository: string;
  /** Manifest digests, in the order of the index. */
  readonly digests: readonly string[];
  readonly annotations?: Readonly<Record<string, string>>;
}

/** @param _grant without it there is no way to write a tag. */
export const createIndexArguments = (
  { reference, repository, digests, annotations = {} }: IndexToCreate,
  _grant: TagGrant,
): string[] => [
  'imagetools',
  'create',
  ...['--tag', reference],
  ...Object.entries(annotations).flatMap(([name, value]) => ['--annotation', `index:${name}=${value}`]),
  ...digests.map((digest) => `${repository}@${digest}`),
];

const twoMinutes = 120_000;

const writeRetry: RetryPolicy = {
  tries: 3,
  baseMs: 500,
  capMs: 5_000,
  retryable: (error) => isTransient(commandFailureOf(error)?.stderr.trimEnd() ?? ''),
};

/** Writes the tag. An identical index keeps its digest. @throws CiCacheError `CommandFailed`; `RegistryFailed` where the tag is immutable. */
export const createIndex = async (buildx: Buildx, index: IndexToCreate, grant: TagGrant): Promise<void> => {
  const command = buildxWith(buildx, createIndexArguments(index, grant));
  try {
    await withRetry(writeRetry, () => run(command, { timeoutMs: twoMinutes }));
  } catch (cause) {
    if (!isImmutable(commandFailureOf(cause)?.stderr ?? '')) throw cause;
    const message = `the tag ${index.reference} cannot be written again: it is immutable`;
    throw registryFailed(message, { remedy: immutableRemedy, cause });
  }
};
