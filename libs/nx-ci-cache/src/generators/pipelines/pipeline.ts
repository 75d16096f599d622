/** What a workflow says of the configuration, whatever CI it is for. */
import type { Tree } from '@nx/devkit';
import { leavesImage } from '@nx-ci-cache/records';
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
  /** Absent where every leg is built by the job that plans it. */
  readonly shared?: SharedAmongJobs;
  /** Whether no project has a configuration. */
  readonly isEmpty: boolean;
}

/** Projects whose nodes name runners: one job plans, one for each stale leg builds, and one publishes. */
interface SharedAmongJobs {
  /** The refresh of all other projects; empty where there is none. */
  readonly others: string;
  readonly projects: readonly SharedProject[];
}

/** Commands of its jobs. */
export interface SharedProject {
  readonly plan: string;
  readonly build: string;
  /** Empty where its images leave caches alone. */
  readonly publish: string;
  readonly report: string;
}

type Named = Pick<ConfiguredProject, 'name' | 'targets'>;

interface Facts {
  readonly projects: readonly Named[];
  /** Those of `projects` with images. */
  readonly withImages: readonly Named[];
  /** Those of `withImages` whose nodes name runners. */
  readonly withRunners: readonly (Named & { readonly isPublishing: boolean })[];
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
    withRunners: projects.filter(hasRunners).map(({ config, ...project }) => ({
      ...project,
      isPublishing: config.images.some(leavesImage),
    })),
  });
};

const hasRunners = ({ config: { images, builder }, targets }: ConfiguredProject): boolean =>
  images.length > 0 &&
  builder.nodes.some(({ runner }) => runner !== undefined) &&
  (['plan-refresh', 'build-legs', 'publish-legs'] as const).every((step) => targets[step] !== undefined);

const managers = {
  npm: { install: ['npm ci'], nx: 'npx nx' },
  pnpm: { install: ['corepack enable', 'pnpm install --frozen-lockfile'], nx: 'pnpm exec nx' },
  yarn: { install: ['corepack enable', 'yarn install --immutable'], nx: 'yarn nx' },
};

const pipelineOf = (
  manager: Pipeline['manager'],
  { projects, withImages, withRunners, gates, branches }: Facts,
): Pipeline => {
  const { nx, install } = managers[manager];
  type Step = keyof ConfiguredProject['targets'];
  const named = (step: Step, those: readonly Named[] = projects) =>
    word(unique(those.flatMap((each) => each.targets[step] ?? [])).join(','));
  const all = (step: Step, those: readonly Named[] = projects) => {
    const [only, ...others] = those;
    return only !== undefined && others.length === 0
      ? `${nx} run ${word(`${only.name}:${only.targets[step]}`)}`
      : `${nx} run-many --targets=${named(step, those)} --projects=${word(those.map(({ name }) => name).join(','))}`;
  };
  const proved = withImages.filter(({ targets: { verify } }) => verify !== undefined);
  const whole = projects.filter(({ name }) => !withRunners.some((project) => project.name === name));
  const shared: SharedAmongJobs = {
    others: whole.length === 0 ? '' : all('refresh', whole),
    projects: withRunners.map((project) => ({
      plan: all('plan-refresh', [project]),
      build: all('build-legs', [project]),
      publish: project.isPublishing ? all('publish-legs', [project]) : '',
      report: all('report', [project]),
    })),
  };
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
    ...(withRunners.length === 0 ? {} : { shared }),
    isEmpty: projects.length === 0,
  };
};

const unique = (texts: readonly string[]): readonly string[] => [...new Set(texts)];

const word = (text: string): string => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);
