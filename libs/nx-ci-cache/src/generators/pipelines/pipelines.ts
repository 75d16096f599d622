/** The CIs a workflow can be written for, and the file each reads. */
import { azure } from './azure';
import { buildkite } from './buildkite';
import { circleci } from './circleci';
import { github } from './github';
import { gitlab } from './gitlab';
import { jenkins } from './jenkins';
import type { Pipeline } from './pipeline';

export interface Ci {
  readonly name: string;
  readonly file: string;
  readonly render: (pipeline: Pipeline) => string;
  /** What its CI must be told, once. */
  readonly next?: string;
}

export const cis: readonly Ci[] = [
  { name: 'github', file: '.github/workflows/ci-cache.yml', render: github },
  {
    name: 'gitlab',
    file: '.gitlab/ci-cache.gitlab-ci.yml',
    render: gitlab,
    next: 'Add to .gitlab-ci.yml: include: [{ local: .gitlab/ci-cache.gitlab-ci.yml }]',
  },
  {
    name: 'azure',
    file: '.azure/ci-cache.yml',
    render: azure,
    next: 'Make a pipeline of .azure/ci-cache.yml: New pipeline, Existing Azure Pipelines YAML file.',
  },
  { name: 'circleci', file: '.circleci/config.yml', render: circleci },
  {
    name: 'buildkite',
    file: '.buildkite/ci-cache.yml',
    render: buildkite,
    next: 'Add to the steps of the pipeline: buildkite-agent pipeline upload .buildkite/ci-cache.yml',
  },
  {
    name: 'jenkins',
    file: 'ci-cache.Jenkinsfile',
    render: jenkins,
    next: 'Make a multibranch pipeline with the script path ci-cache.Jenkinsfile.',
  },
];
