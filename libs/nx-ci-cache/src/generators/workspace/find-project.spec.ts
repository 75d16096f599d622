import { createTreeWithEmptyWorkspace } from '@nx/devkit/testing';
import { projectNameAt } from './find-project';

it.each<[files: Readonly<Record<string, string>>, root: string, name: string]>([
  [{ 'package.json': '{ "name": "@acme/all" }' }, '.', '@acme/all'],
  [{ 'package.json': '{ "name": "all" }', 'project.json': '{ "name": "whole" }' }, '.', 'whole'],
  [{ 'package.json': '{ "name": "all" }', 'project.json': '{}' }, '.', 'all'],
  [{ 'apps/api/package.json': '{ "private": true }', 'apps/api/x.in': 'x' }, 'apps/api', 'api'],
])('%j: the project of %s is %s', (files, root, name) => {
  const tree = createTreeWithEmptyWorkspace();
  for (const [file, text] of Object.entries(files)) tree.write(file, text);
  expect(projectNameAt(tree, root)).toBe(name);
});
