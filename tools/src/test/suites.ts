/** The suites in the order they run: what is cheap and catches most comes first. */
import { faultSummary } from '@nx-ci-cache/push-faults/src/summary';

export interface Suite {
  readonly name: string;
  readonly budgetMinutes: number;
  readonly command: readonly [file: string, ...args: string[]];
  /** Where jest writes its counts; a suite without them counts as one test. */
  readonly results?: string;
  /** A text the suite writes, shown just before the sum. */
  readonly summary?: string;
}

const jest = (name: string, budgetMinutes: number, ...args: string[]): Suite => {
  const results = `dist/test/${name}.json`;
  return {
    name,
    budgetMinutes,
    results,
    command: ['npx', 'jest', '--selectProjects', name, '--json', `--outputFile=${results}`, '--ci', ...args],
  };
};

export const suites: readonly Suite[] = [
  // Import directions are judged on Nx's project graph: without it that rule would be skipped and lint would still pass.
  { name: 'graph', budgetMinutes: 1, command: ['npx', 'nx', 'graph', '--file=dist/test/graph.json'] },
  { name: 'lint', budgetMinutes: 2, command: ['npx', 'eslint', '.'] },
  { name: 'format', budgetMinutes: 1, command: ['npx', 'prettier', '--check', '--log-level=warn', '.'] },
  { name: 'types', budgetMinutes: 1, command: ['npx', 'tsc', '--noEmit', '-p', 'tsconfig.json'] },
  // Of a browser: what it has is not there for the rest.
  { name: 'page types', budgetMinutes: 1, command: ['npx', 'tsc', '-p', 'apps/report-page'] },
  jest('unit', 2),
  jest('itg', 10, '--maxWorkers=2'),
  { ...jest('faults', 12), summary: faultSummary },
  jest('e2e', 20, '--maxWorkers=2'),
];
