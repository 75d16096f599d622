import type { WhyAnswer } from '@nx-ci-cache/records';
import { askedPackage, refuseUnanswered } from './asked-package';
import type { StepContext } from '../context/context';

const context = (environment: NodeJS.ProcessEnv) =>
  ({
    environment,
    projectName: 'a',
    taskName: 'a:why',
    paths: { why: (format: string) => `dist/a/why.${format}` },
  }) as StepContext;

describe('askedPackage', () => {
  it.each([
    ['the flag', 'Zope.Interface', {}, 'zope-interface'],
    ['the variable', undefined, { CI_CACHE_PACKAGE: 'urllib3' }, 'urllib3'],
    ['the flag before the variable', 'a', { CI_CACHE_PACKAGE: 'b' }, 'a'],
  ])('is %s', (_name, option, environment, expected) => {
    expect(askedPackage(option, context(environment))).toBe(expected);
  });

  it.each([
    ['nothing', undefined, {}, 'environment: CI_CACHE_PACKAGE is missing'],
    ['an empty variable', undefined, { CI_CACHE_PACKAGE: '' }, 'environment: CI_CACHE_PACKAGE is missing'],
    ['a requirement', 'urllib3>=2', {}, 'options: package = "urllib3>=2"'],
    ['an option of the resolver', undefined, { CI_CACHE_PACKAGE: '--index-url' }, 'CI_CACHE_PACKAGE = "--index-url"'],
  ])('refuses %s and says how to ask', (_name, option, environment, words) => {
    const ask = () => askedPackage(option, context(environment));
    expect(ask).toThrow(words);
    expect(ask).toThrow(expect.objectContaining({ remedy: 'Run nx run a:why --package=<name>.' }));
  });
});

describe('refuseUnanswered', () => {
  const judge = (...answers: WhyAnswer[]) =>
    refuseUnanswered(
      { package: 'lib', cutoff: '', cells: answers.map((answer, at) => ({ cell: `core-3.1${at}`, answer })) },
      context({}),
    );
  const frozen: WhyAnswer = { kind: 'frozen', image: 'ci' };
  const failed: WhyAnswer = { kind: 'failed', error: 'x' };

  it('lets an answer for one cell stand', () => {
    expect(() => judge({ kind: 'absent' }, frozen)).not.toThrow();
  });

  it.each<[string, WhyAnswer[], string]>([
    ['a cell without an answer, after the others were shown', [frozen, failed], 'no answer for core-3.11'],
    ['a name that no cell has', [{ kind: 'absent' }], 'no cell of a holds lib'],
  ])('fails for %s', (_name, answers, words) => {
    expect(() => judge(...answers)).toThrow(words);
  });
});
