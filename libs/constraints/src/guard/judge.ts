/** Every guard over one file: all refusals, not only the first, and what only the configuration lets pass. */
import { guardDefaults } from '@nx-ci-cache/config';
import type { GuardRules, Refusal } from '@nx-ci-cache/records';
import type { Subject } from './guard';
import { guards } from './guards';

export interface Judgement {
  readonly refusals: readonly Refusal[];
  /** What the defaults would refuse and `rules` let pass: the commit message names each. */
  readonly overrides: readonly string[];
}

export const judge = (subject: Subject, rules: GuardRules): Judgement => {
  const refusals = refusalsUnder(rules, subject);
  const refused = new Set(refusals.map(({ text }) => text));
  const overrides = refusalsUnder(guardDefaults, subject).filter(({ text }) => !refused.has(text));
  return { refusals, overrides: overrides.map(({ file, text }) => `${file}: ${text}`) };
};

const refusalsUnder = (rules: GuardRules, subject: Subject): Refusal[] =>
  guards.flatMap(({ name, remedy, refuse }) =>
    refuse(subject, rules).map((text) => ({ guard: name, file: subject.file, text, remedy })),
  );
