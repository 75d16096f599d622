/** What nx.json says of the plugin. */
import type { Tree } from '@nx/devkit';
import type { PluginOptions } from '../../plugin/naming';
import { pluginName } from '../../configuration/plugin-name';
import { readJsonText } from './json-text';

interface Entry {
  readonly plugin: string;
  readonly options?: PluginOptions;
}

interface NxJson {
  readonly plugins?: readonly (string | Entry)[];
}

/** Undefined when it does not name the plugin, which infers nothing then. */
export const pluginEntry = (tree: Tree): Entry | undefined =>
  (readJsonText<NxJson>(tree, 'nx.json')?.plugins ?? [])
    .map((each) => (typeof each === 'string' ? { plugin: each } : each))
    .find(({ plugin }) => plugin === pluginName);
