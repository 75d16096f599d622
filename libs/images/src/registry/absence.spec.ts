import { absenceIn, isRegistry } from './absence';

const registry = { 'docker-distribution-api-version': 'registry/2.0' };
const coded = (code: unknown) => JSON.stringify({ errors: [{ code }] });
const answer = (status: number, body = '', headers: Record<string, string> = {}) => ({
  ...{ status, headers },
  body: Buffer.from(body),
});

it.each([
  ['absent', answer(404, coded('MANIFEST_UNKNOWN'))],
  ['absent', answer(404, coded('NAME_UNKNOWN'))],
  ['absent', answer(404, coded('NOT_FOUND'))],
  ['no', answer(404, coded('UNSUPPORTED'))],
  ['no', answer(404, coded('UNSUPPORTED'), registry)],
  ['no', answer(404, coded(null))],
  ['absent', answer(404, '', registry)],
  ['absent', answer(404, 'there is none', registry)],
  ['ask', answer(404)],
  ['ask', answer(404, '', { 'content-type': 'application/json' })],
  ['no', answer(404, '', { 'content-type': 'text/html; charset=UTF-8' })],
  ['no', answer(404, '<html>no such page</html>')],
  ['no', answer(404, 'null')],
  ['no', answer(401, coded('NAME_UNKNOWN'))],
  ['no', answer(200, '{}')],
])('%s: %j', (absence, given) => {
  expect(absenceIn(given)).toBe(absence);
});

it.each([
  [true, answer(200, '{}', { 'content-type': 'application/json' })],
  [true, answer(200)],
  [true, answer(401, '', { 'www-authenticate': 'Bearer realm="x"' })],
  [true, answer(401, coded('UNAUTHORIZED'))],
  [true, answer(200, 'true', registry)],
  [false, answer(200, '<html>welcome</html>', { 'content-type': 'text/html' })],
  [false, answer(401, 'log in', { 'content-type': 'text/html', 'www-authenticate': 'Basic realm="x"' })],
  [false, answer(200, 'welcome')],
  [false, answer(401)],
  [false, answer(404, '', registry)],
])('a registry: %s: %j', (expected, given) => {
  expect(isRegistry(given)).toBe(expected);
});
