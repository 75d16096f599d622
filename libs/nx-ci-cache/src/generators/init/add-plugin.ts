/** The plugin in nx.json, so that each ci-cache.json gives its project the targets of the chain. */
import type { Tree } from '@nx/devkit';
import { pluginName } from '../../configuration/plugin-name';
import { addToJson } from '../workspace/json-text';
import { pluginEntry } from '../workspace/plugin-entry';

/** Whether it was not there yet. */
export const addPlugin = (tree: Tree): boolean => {
  if (!tree.exists('nx.json')) tree.write('nx.json', '{}\n');
  if (pluginEntry(tree) !== undefined) return false;
  addToJson(tree, 'nx.json', ['plugins'], pluginName);
  return true;
};
