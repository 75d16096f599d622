import { createTreeWithEmptyWorkspace } from '@nx/devkit/testing';
import { addToJson } from './json-text';

it.each<[what: string, before: string, after: string]>([
  ['on one line', '{ "a": ["x"] }', '{ "a": ["x", "y"] }'],
  [
    'on lines, before a trailing comma',
    '{ "a": [\n    "x", // why\n  ] }',
    '{ "a": [\n    "x",\n    "y", // why\n  ] }',
  ],
  ['below a comment', '{ "a": [\n  // why\n  "x"\n] }', '{ "a": [\n  // why\n  "x",\n  "y"\n] }'],
  ['that is empty', '{\n  "a": []\n}', '{\n  "a": [\n    "y"\n  ]\n}'],
  ['that is not there', '{}\n', '{\n  "a": [\n    "y"\n  ]\n}\n'],
])('adds an item to a list %s', (_what, before, after) => {
  const tree = createTreeWithEmptyWorkspace();
  tree.write('file.json', before);
  addToJson(tree, 'file.json', ['a'], 'y');
  expect(tree.read('file.json', 'utf8')).toBe(after);
});
