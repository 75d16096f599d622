import type { HttpAnswer } from '@nx-ci-cache/http';
import { nextPage, tagsIn } from './tags';

const answer = (body: unknown, link?: string): HttpAnswer => ({
  ...{ status: 200, headers: { link }, body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)) },
});
const page = 'https://registry.example.com/v2/a/tags/list?n=1000';

it.each([
  [{ name: 'a', tags: ['1', '2'] }, ['1', '2']],
  [{ name: 'a', tags: [] }, []],
  [{ name: 'a', tags: null }, []],
])('%j', (body, tags) => expect(tagsIn(answer(body), 'a')).toEqual(tags));

it.each(['<html>', {}, { tags: [1] }, { tags: '1' }])('takes %j for no list', (body) => {
  expect(() => tagsIn(answer(body), 'a')).toThrow('the registry answered no list of tags for a');
});

it.each([
  [undefined, undefined],
  ['</v2/a/tags/list?last=9&n=1000>; rel="next"', 'https://registry.example.com/v2/a/tags/list?last=9&n=1000'],
  [
    '<https://registry.example.com/v2/a/tags/list?last=9>;rel=next',
    'https://registry.example.com/v2/a/tags/list?last=9',
  ],
  ['</v2/>; rel="first"', undefined],
])('%s leads to %s', (link, next) => expect(nextPage(answer('', link), page)).toBe(next));

it.each(['<https://evil.example/v2/a/tags/list>; rel="next"', `<${page}>; rel="next"`])(
  'does not follow %s',
  (link) => {
    expect(() => nextPage(answer('', link), page)).toThrow('as the next page');
  },
);
