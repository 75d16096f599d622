/** What a workflow says of the configuration, whatever CI it is for. */
import type { Tree } from '@nx/devkit';
import { configuredProjects, type ConfiguredProject } from '../workspace/configurations';

export interface Pipeline {
  /** Commands, as a shell takes them. */
  readonly gates: string;
  readonly refresh: string;
  readonly report: string;
  /** The proof of the caches; empty where there is none to prove. */
  readonly verify: string;
  /** What a proposal calls, of the projects it affects since `base`. */
  readonly preview: (base: string) => string;
  readonly install: readonly string[];
  /** How Nx is called. */
  readonly nx: string;
  /** The package manager by its name. */
  readonly manager: 'npm' | 'pnpm' | 'yarn';
  /** Source branches that publish; empty when only a regular expression says which. */
  readonly branches: readonly string[];
  readonly hasImages: boolean;
  /** Whether no project has a configuration. */
  readonly isEmpty: boolean;
}

interface Facts {
  readonly projects: readonly Pick<ConfiguredProject, 'name' | 'targets'>[];
  /** Those of `projects` with images. */
  readonly withImages: readonly Pick<ConfiguredProject, 'name' | 'targets'>[];
  /** In the form project:target. */
  readonly gates: readonly string[];
  readonly branches: readonly string[];
}

export const readPipeline = async (tree: Tree): Promise<Pipeline> => {
  const projects = await configuredProjects(tree);
  const configs = projects.map(({ config }) => config);
  const branches = configs.flatMap(({ push }) => push.branches.map(({ from }) => from));
  const manager = tree.exists('pnpm-lock.yaml') ? 'pnpm' : tree.exists('yarn.lock') ? 'yarn' : 'npm';
  return pipelineOf(manager, {
    projects,
    gates: unique(configs.flatMap(({ push }) => push.gates)),
    branches: branches.every((from) => /^[\w./-]+$/.test(from)) ? unique(branches) : [],
    withImages: projects.filter(({ config: { images } }) => images.length > 0),
  });
};

const managers = {
  npm: { install: ['npm ci'], nx: 'npx nx' },
  pnpm: { install: ['corepack enable', 'pnpm install --frozen-lockfile'], nx: 'pnpm exec nx' },
  yarn: { install: ['corepack enable', 'yarn install --immutable'], nx: 'yarn nx' },
};

const pipelineOf = (manager: Pipeline['manager'], { projects, withImages, gates, branches }: Facts): Pipeline => {
  const { nx, install } = managers[manager];
  type Step = keyof ConfiguredProject['targets'];
  const named = (step: Step, those = projects) =>
    word(unique(those.flatMap((each) => each.targets[step] ?? [])).join(','));
  const all = (step: Step, those = projects) => {
    const [only, ...others] = those;
    return only !== undefined && others.length === 0
      ? `${nx} run ${word(`${only.name}:${only.targets[step]}`)}`
      : `${nx} run-many --targets=${named(step, those)} --projects=${word(those.map(({ name }) => name).join(','))}`;
  };
  const proved = withImages.filter(({ targets: { verify } }) => verify !== undefined);
  const targets = unique(gates.map((gate) => gate.slice(gate.indexOf(':') + 1)));
  const owners = unique(gates.map((gate) => gate.slice(0, gate.indexOf(':'))));
  return {
    gates:
      gates.length === 0
        ? ''
        : `${nx} run-many --targets=${word(targets.join(','))} --projects=${word(owners.join(','))}`,
    refresh: all('refresh'),
    report: all('report'),
    verify: proved.length === 0 ? '' : all('verify', proved),
    preview: (base) => `${nx} affected --targets=${named('refresh')} --base=${base} --output-style=static`,
    install,
    nx,
    manager,
    branches,
    hasImages: withImages.length > 0,
    isEmpty: projects.length === 0,
  };
};

const unique = (texts: readonly string[]): readonly string[] => [...new Set(texts)];

const word = (text: string): string => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);
