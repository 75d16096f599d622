import { parseRoute, routeHash, type Route } from './route';

it.each<[string, Route]>([
  ['#images', { section: 'images', search: '' }],
  ['#constraints/core-3.13.txt', { section: 'constraints', file: 'core-3.13.txt', search: '' }],
  [
    '#constraints/a%2Fb.txt/pin?search=x+y&kind=held',
    { section: 'constraints', file: 'a/b.txt', pin: 'pin', search: 'x y', mark: 'held' },
  ],
])('%s is read as it was written', (hash, route) => {
  expect(parseRoute(hash)).toEqual(route);
  expect(routeHash(route)).toBe(hash);
});

it.each(['', '#', '#elsewhere', '#%E0%A4%A'])('%s leads to the constraints', (hash) => {
  expect(parseRoute(hash)).toEqual({ section: 'constraints', search: '' });
});
