/** The one command that writes tags: an index from manifests that are in the repository already. */
import { commandFailureOf, run, withRetry, type RetryPolicy } from '@nx-ci-cache/process';
import type { Grant } from '@nx-ci-cache/records';
import { buildxWith, type Buildx } from '../builder/buildx';
import { unknown } from '../failure/causes';
import { causeOf } from '../failure/judge';
import { registryFailed } from './failure';

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

const causeIn = (error: unknown) => causeOf({ words: commandFailureOf(error)?.stderr.trimEnd() ?? '' });

const twoMinutes = 120_000;

const writeRetry: RetryPolicy = {
  tries: 3,
  baseMs: 500,
  capMs: 5_000,
  retryable: (error) => causeIn(error).class === 'transient',
};

/** Writes the tag. An identical index keeps its digest. @throws CiCacheError `RegistryFailed`; `CommandFailed` for what nobody knows. */
export const createIndex = async (buildx: Buildx, index: IndexToCreate, grant: TagGrant): Promise<void> => {
  const command = buildxWith(buildx, createIndexArguments(index, grant));
  try {
    await withRetry(writeRetry, () => run(command, { timeoutMs: twoMinutes }));
  } catch (cause) {
    const { name, remedy, class: kind } = causeIn(cause);
    if (name === unknown.name) throw cause;
    const why = name === 'immutable tag' ? 'cannot be written again: it is immutable' : `cannot be written: ${name}`;
    throw registryFailed(`the tag ${index.reference} ${why}`, { remedy, cause, transient: kind === 'transient' });
  }
};
