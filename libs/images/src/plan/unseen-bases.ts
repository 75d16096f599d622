/** A base image that a preview may not look at counts as it was recorded: so the rest shows what else a leg is stale for. */
import type { LegInputs, Reason } from '@nx-ci-cache/records';
import { notSeen } from '../bases';
import { pinnedReference } from '../registry/reference';
import { unseen } from '../registry/unseen';
import type { RecordedLeg } from './leg-annotations';

export interface InputsSeen {
  readonly inputs: LegInputs;
  /** Which base images were not seen. */
  readonly unseen: readonly Reason[];
}

export const seenInputs = (inputs: LegInputs, recorded: RecordedLeg | undefined): InputsSeen => {
  const hidden = Object.entries(inputs.bases).filter(([, pinned]) => pinned.endsWith(mark));
  const known = hidden.flatMap(([name]) => {
    const before = recorded?.inputs.bases[name];
    return before === undefined ? [] : [[name, before] as const];
  });
  return {
    inputs: hidden.length === 0 ? inputs : { ...inputs, bases: { ...inputs.bases, ...Object.fromEntries(known) } },
    unseen: [...new Set(hidden.map(([, pinned]) => pinned.slice(0, -mark.length)))].map(unseen),
  };
};

const mark = pinnedReference('', notSeen);
