/** Whether an older run is about to overwrite a newer one: decided per file, from what the branch says about its sources. */
import type { Relation } from '@nx-ci-cache/git';
import type { Source } from '../content/trailers';

export type Staleness =
  { readonly verdict: 'current' } | { readonly verdict: 'superseded' | 'unproven'; readonly reason: string };

/** `published` is a source one of our files has on the branch; `relation` is ours compared with it. */
export const judgeStale = (file: string, ours: Source, published: Source, relation: Relation): Staleness => {
  const theirs = `${file} on the branch was made from ${published.commit}`;
  switch (relation) {
    case 'newer':
      return { verdict: 'current' };
    case 'same':
      return Date.parse(ours.cutoff) < Date.parse(published.cutoff)
        ? { verdict: 'superseded', reason: `${theirs} with the later cut-off ${published.cutoff}` }
        : { verdict: 'current' };
    case 'older':
      return { verdict: 'superseded', reason: `${theirs}, which has our source commit ${ours.commit} as ancestor` };
    case 'unrelated':
      return { verdict: 'unproven', reason: `${theirs}, which is no ancestor of our source commit ${ours.commit}` };
    case 'unknown':
      return {
        verdict: 'unproven',
        reason: `${theirs}, and no history at hand says how our ${ours.commit} is related to it`,
      };
  }
};

/** A remote that is itself a shallow clone. */
export const unreadHistory: Staleness = {
  verdict: 'unproven',
  reason:
    'the remote does not hold the whole history of the branch, and what it holds does not say where its files come from',
};

/** A commit that a person edited, or that names its source in another form. */
export const unreadableSource = (commit: string): Staleness => ({
  verdict: 'unproven',
  reason: `${commit} on the branch names a Source-Commit in no form that can be read, so nobody knows how new its files are`,
});

export const unprovenRemedy =
  'Push the source branch and run again from its newest commit; if its history was rewritten, this is a mirror, or a commit cannot be read, follow "Rewritten history" in docs/push-constraints.md.';
