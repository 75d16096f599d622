import { testSpec } from '../testing/leg';
import { startedFrom } from './started-from';

const ground = { image: 'ground', name: 'ground-3.11', repository: 'registry.example.com/ground', legRef: '' };
const spec = testSpec({ imageBases: { GROUND: ground }, contexts: { files: 'files' } });

it.each([
  ['ARG BASE\nFROM $BASE\n', 'registry.example.com/base/python:3.11'],
  [
    'ARG BASE\nFROM $BASE AS one\nFROM one AS two\nFROM python:3.13\nFROM two\n',
    'registry.example.com/base/python:3.11',
  ],
  ['FROM python:3.13-slim\nCOPY --from=other/image /x /\n', 'python:3.13-slim'],
  [`FROM python@sha256:${'1'.repeat(64)}\n`, `python@sha256:${'1'.repeat(64)}`],
])('%j starts from %s', (text, reference) => {
  expect(startedFrom(spec, text)).toEqual({ kind: 'reference', reference });
});

it('starts from the stage that is the image', () => {
  const text = 'FROM python:3.11 AS runtime\nFROM python:3.13\n';
  expect(startedFrom({ ...spec, target: 'runtime' }, text)).toEqual({ kind: 'reference', reference: 'python:3.11' });
});

it('starts from another image of the configuration', () => {
  expect(startedFrom(spec, 'ARG GROUND\nFROM $GROUND\n')).toEqual({ kind: 'image', image: 'ground' });
});

it.each(['FROM scratch\n', 'FROM python:3.11\nFROM files\n'])('%j starts from no image', (text) => {
  expect(() => startedFrom(spec, text)).toThrow(
    expect.objectContaining({ code: 'OptionInvalid', remedy: expect.stringContaining('manylinux_2_36') }),
  );
});
