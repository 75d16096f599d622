/** Workflow files in the tree, and what keeps them equal to the configuration from then on. */
import type { Tree } from '@nx/devkit';
import { CiCacheError } from '@nx-ci-cache/process';
import { executorOf, pluginName } from '../../configuration/plugin-name';
import { cis, type Ci } from '../pipelines/pipelines';
import { readPipeline } from '../pipelines/pipeline';
import { calledSteps } from '../workspace/configurations';
import { addToJson, readJsonText } from '../workspace/json-text';
import { optionInvalid } from '../workspace/option-invalid';
import { refuseOverwrite } from '../workspace/overwrite';

export interface WorkflowsWanted {
  /** Names of CIs. */
  readonly ci: readonly string[];
  readonly force: boolean;
}

/** @throws CiCacheError `OptionInvalid`, before anything is written. */
export const writeWorkflows = async (tree: Tree, { ci, force }: WorkflowsWanted): Promise<readonly Ci[]> => {
  const wanted = ci.map(ciNamed);
  for (const { file } of wanted) refuseOverwrite(tree, file, force);
  const pipeline = await readPipeline(tree);
  if (pipeline.isEmpty) {
    throw new CiCacheError('OptionInvalid', 'no project of this workspace has a ci-cache.json', {
      remedy: `Write one with npx nx generate nx-ci-cache:configuration; one wired by hand needs a target of each executor ${calledSteps.map(executorOf).join(' and ')}.`,
    });
  }
  for (const { file, render } of wanted) tree.write(file, render(pipeline));
  if (wanted.length > 0) keepInSync(tree);
  return wanted;
};

const ciNamed = (name: string): Ci => {
  const found = cis.find((each) => each.name === name);
  if (found !== undefined) return found;
  throw optionInvalid('ci', name, `one or more of ${cis.map((each) => each.name).join(', ')}`);
};

interface NxJson {
  readonly sync?: { readonly globalGenerators?: readonly string[] };
}

const sync = `${pluginName}:sync`;

/** `nx sync` and `nx sync:check` run what nx.json names here. */
const keepInSync = (tree: Tree): void => {
  if (readJsonText<NxJson>(tree, 'nx.json')?.sync?.globalGenerators?.includes(sync)) return;
  if (!tree.exists('nx.json')) tree.write('nx.json', '{}\n');
  addToJson(tree, 'nx.json', ['sync', 'globalGenerators'], sync);
};
