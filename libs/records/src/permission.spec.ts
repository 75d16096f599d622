import { isGranted, permissionOf, type Act, type PermissionFacts } from './permission';
import type { PushResult } from './push';

const acts: readonly Act[] = ['constraints', 'legs', 'fixedTags', 'movingTag', 'removal'];
const granted = (facts: PermissionFacts): Act[] => {
  const permission = permissionOf(facts);
  return acts.filter((act) => isGranted(permission[act]));
};

const images: readonly Act[] = ['legs', 'fixedTags', 'movingTag'];

describe('permissionOf', () => {
  it.each<[string, PermissionFacts, readonly Act[]]>([
    ['before the push', {}, ['constraints']],
    ['a preview, whatever the push says', { preview: 'look' }, []],
    ['a preview of a branch that holds everything already', { preview: 'look', push: 'unchanged' }, []],
    ['a push by hand', { byHand: true }, ['constraints']],
    ['what was asked to remove', { removing: true }, ['constraints', 'removal']],
    ['what would be removed', { removing: true, preview: 'look' }, []],
    ['images by hand', { byHand: true, push: 'pushed' }, ['constraints', 'legs', 'fixedTags']],
    ...(['pushed', 'unchanged', 'already-applied', 'given'] as const).map(
      (push): [string, PermissionFacts, readonly Act[]] => [`after ${push}`, { push }, ['constraints', ...images]],
    ),
    ['a job that builds legs', { job: 'build', push: 'given' }, ['legs']],
    ['a job that publishes what others built', { job: 'publish', push: 'given' }, ['fixedTags', 'movingTag']],
    ['a job of a preview', { job: 'build', preview: 'look', push: 'given' }, []],
    ['a job without constraints', { job: 'publish' }, []],
    ...(['superseded', 'previewed', 'refused', 'failed'] as const).map(
      (push): [string, PermissionFacts, readonly Act[]] => [`after ${push}`, { push }, ['constraints']],
    ),
  ])('%s', (_name, facts, expected) => expect(granted(facts)).toEqual(expected));

  it('says why in words', () => {
    const results: PushResult[] = ['superseded', 'previewed', 'refused', 'failed'];
    const words = results
      .map((push) => permissionOf({ push }).legs)
      .map((legs) => (isGranted(legs) ? '' : legs.denied));
    expect(words).toEqual([
      'a newer run has pushed constraints since',
      'the push was a preview',
      'the constraints of this run were not pushed',
      'the constraints of this run were not pushed',
    ]);
    expect(permissionOf({ job: 'build', push: 'given' }).fixedTags).toEqual({
      denied: 'images are published by a job of their own',
    });
    expect(permissionOf({ job: 'publish', push: 'given' }).legs).toEqual({
      denied: 'legs are built by jobs of their own',
    });
    expect(permissionOf({ preview: 'this is a pull request' }).movingTag).toEqual({ denied: 'this is a pull request' });
  });
});

it('takes nothing for a permission that was not made here', () => {
  expect(isGranted(JSON.parse(JSON.stringify(permissionOf({}).constraints)))).toBe(false);
  expect(isGranted({ act: 'constraints' })).toBe(false);
});
