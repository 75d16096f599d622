/** Which tools of the chain this machine lacks, each with what to do: nothing is refused for it, another machine may have them. */
import { gte, valid } from '@renovatebot/pep440';
import { observeResolver } from '@nx-ci-cache/constraints';
import { buildxCommand, buildxWith } from '@nx-ci-cache/images';
import { childEnvironment, run } from '@nx-ci-cache/process';

export interface MissingTool {
  readonly what: string;
  readonly remedy: string;
}

interface Tool {
  /** @throws when it does not run, or is too old. */
  readonly probe: () => Promise<unknown>;
  readonly missing: MissingTool;
}

const seconds = { timeoutMs: 20_000 };

const tools: readonly Tool[] = [
  {
    probe: async () => {
      const { stdout } = await run({ file: 'git', args: ['--version'], env: childEnvironment() }, seconds);
      const [version = ''] = /\d+(\.\d+)+/.exec(stdout) ?? [];
      if (valid(version) === null || !gte(version, '2.38')) throw new Error(`git ${version} is too old`);
    },
    missing: {
      what: 'git 2.38 or newer: every step reads the checkout',
      remedy: 'Install it with your package manager.',
    },
  },
  {
    probe: () => observeResolver(),
    missing: {
      what: 'uv 0.13 or newer: it resolves the constraints',
      remedy: 'python3 -m pip install "uv>=0.13", or set CI_CACHE_UV to its path.',
    },
  },
  {
    probe: () => run(buildxWith(buildxCommand(), ['version']), seconds),
    missing: {
      what: 'buildx: it builds images; constraints alone need none',
      remedy: 'Install Docker with its buildx plugin, or set CI_CACHE_BUILDX to the path of a buildx.',
    },
  },
];

export const missingTools = async (): Promise<readonly MissingTool[]> => {
  const answers = await Promise.allSettled(tools.map(({ probe }) => probe()));
  return tools.filter((_tool, at) => answers[at]?.status === 'rejected').map(({ missing }) => missing);
};
