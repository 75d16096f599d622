/** The plugin in nx.json, so that each ci-cache.json gives its project the targets of the chain. */
import type { Tree } from '@nx/devkit';
import { addToJson, readJsonText } from '../workspace/json-text';

interface NxJson {
  readonly plugins?: readonly (string | { readonly plugin: string })[];
}

const name = 'nx-ci-cache';

/** Whether it was not there yet. */
export const addPlugin = (tree: Tree): boolean => {
  if (!tree.exists('nx.json')) tree.write('nx.json', '{}\n');
  const { plugins } = readJsonText<NxJson>(tree, 'nx.json') ?? {};
  if (plugins?.some((each) => (typeof each === 'string' ? each : each.plugin) === name)) return false;
  addToJson(tree, 'nx.json', ['plugins'], name);
  return true;
};
