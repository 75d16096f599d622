import { ciName, ciRef, ciRunUrl } from './ci-environment';

const commit = 'c'.repeat(40);

it.each<[string, Record<string, string>, Omit<ReturnType<typeof ciRef>, 'ci'>]>([
  ['nothing', {}, { pullRequest: false }],
  [
    'GitHub push',
    {
      GITHUB_REF_NAME: 'main',
      GITHUB_REF_TYPE: 'branch',
      GITHUB_EVENT_NAME: 'push',
      GITHUB_HEAD_REF: '',
      GITHUB_SHA: commit,
    },
    { branch: 'main', commit, pullRequest: false },
  ],
  [
    'GitHub without a commit',
    { GITHUB_REF_NAME: 'main', GITHUB_SHA: '', GIT_COMMIT: commit },
    { branch: 'main', pullRequest: false },
  ],
  ['GitHub tag', { GITHUB_REF_NAME: 'v1', GITHUB_REF_TYPE: 'tag', GITHUB_EVENT_NAME: 'push' }, { pullRequest: false }],
  [
    'GitHub pull request',
    { GITHUB_REF_NAME: '7/merge', GITHUB_HEAD_REF: 'fix', GITHUB_BASE_REF: 'main', GITHUB_EVENT_NAME: 'pull_request' },
    { branch: 'fix', pullRequest: true, baseBranch: 'main' },
  ],
  [
    'GitHub pull request of a fork with rights',
    { GITHUB_EVENT_NAME: 'pull_request_target', GITHUB_REF_NAME: 'main' },
    { branch: 'main', pullRequest: true },
  ],
  [
    'GitLab branch',
    { CI_COMMIT_BRANCH: 'main', CI_COMMIT_SHA: commit },
    { branch: 'main', commit, pullRequest: false },
  ],
  [
    'GitLab merge request',
    {
      CI_MERGE_REQUEST_IID: '3',
      CI_MERGE_REQUEST_SOURCE_BRANCH_NAME: 'fix',
      CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'main',
    },
    { branch: 'fix', pullRequest: true, baseBranch: 'main' },
  ],
  ['Jenkins branch', { BRANCH_NAME: 'main', GIT_COMMIT: commit }, { branch: 'main', commit, pullRequest: false }],
  ['Jenkins job of one branch', { GIT_BRANCH: 'origin/release/1' }, { branch: 'release/1', pullRequest: false }],
  [
    'Jenkins change',
    { BRANCH_NAME: 'PR-3', CHANGE_ID: '3', CHANGE_BRANCH: 'fix', CHANGE_TARGET: 'main' },
    { branch: 'fix', pullRequest: true, baseBranch: 'main' },
  ],
  [
    'GitLab pipeline for a pull request elsewhere',
    {
      CI_COMMIT_BRANCH: 'fix',
      CI_EXTERNAL_PULL_REQUEST_IID: '3',
      CI_EXTERNAL_PULL_REQUEST_TARGET_BRANCH_NAME: 'main',
    },
    { branch: 'fix', pullRequest: true, baseBranch: 'main' },
  ],
  [
    'Jenkins job of a branch called like a remote',
    { GIT_BRANCH: 'a/origin/b' },
    { branch: 'a/origin/b', pullRequest: false },
  ],
  [
    'Jenkins tag',
    { BRANCH_NAME: 'v3-1-stable', TAG_NAME: 'v3-1-stable', GIT_BRANCH: 'v3-1-stable', GIT_COMMIT: commit },
    { pullRequest: false },
  ],
  [
    'Azure branch',
    { BUILD_SOURCEBRANCH: 'refs/heads/release/1', BUILD_SOURCEVERSION: commit },
    { branch: 'release/1', commit, pullRequest: false },
  ],
  ['Azure tag', { BUILD_SOURCEBRANCH: 'refs/tags/v1' }, { pullRequest: false }],
  [
    'Azure pull request',
    {
      BUILD_SOURCEBRANCH: 'refs/pull/3/merge',
      SYSTEM_PULLREQUEST_PULLREQUESTID: '3',
      SYSTEM_PULLREQUEST_SOURCEBRANCH: 'refs/heads/fix',
      SYSTEM_PULLREQUEST_TARGETBRANCH: 'refs/heads/main',
    },
    { branch: 'fix', pullRequest: true, baseBranch: 'main' },
  ],
  ['CircleCI branch', { CIRCLE_BRANCH: 'main', CIRCLE_SHA1: commit }, { branch: 'main', commit, pullRequest: false }],
  [
    'CircleCI branch that an open pull request comes from',
    { CIRCLE_BRANCH: 'main', CIRCLE_PULL_REQUEST: 'https://example.com/3' },
    { branch: 'main', pullRequest: true },
  ],
  ['CircleCI pull request of a fork', { CIRCLE_BRANCH: 'pull/3' }, { branch: 'pull/3', pullRequest: true }],
  ['CircleCI branch of pulls', { CIRCLE_BRANCH: 'fix-pull/3' }, { branch: 'fix-pull/3', pullRequest: false }],
  [
    'CircleCI pull request',
    { CIRCLE_BRANCH: 'pull/3', CIRCLE_PULL_REQUEST: 'https://example.com/3' },
    { branch: 'pull/3', pullRequest: true },
  ],
  [
    'Buildkite branch',
    { BUILDKITE_BRANCH: 'main', BUILDKITE_PULL_REQUEST: 'false', BUILDKITE_COMMIT: commit },
    { branch: 'main', commit, pullRequest: false },
  ],
  [
    'Buildkite tag',
    { BUILDKITE_BRANCH: 'v3-1-stable', BUILDKITE_TAG: 'v3-1-stable', BUILDKITE_COMMIT: commit },
    { pullRequest: false },
  ],
  [
    'Buildkite build of a branch that has an empty tag',
    { BUILDKITE_BRANCH: 'main', BUILDKITE_TAG: '', TAG_NAME: '' },
    { branch: 'main', pullRequest: false },
  ],
  ['CircleCI tag', { CIRCLE_TAG: 'v3-1-stable', CIRCLE_SHA1: commit }, { pullRequest: false }],
  ['GitLab tag', { CI_COMMIT_TAG: 'v3-1-stable', CI_COMMIT_REF_NAME: 'v3-1-stable' }, { pullRequest: false }],
  [
    'Buildkite build of whatever is newest',
    { BUILDKITE_BRANCH: 'main', BUILDKITE_COMMIT: 'HEAD' },
    { branch: 'main', pullRequest: false },
  ],
  [
    'Buildkite pull request',
    { BUILDKITE_BRANCH: 'fix', BUILDKITE_PULL_REQUEST: '3', BUILDKITE_PULL_REQUEST_BASE_BRANCH: 'main' },
    { branch: 'fix', pullRequest: true, baseBranch: 'main' },
  ],
])('%s', (_, environment, expected) => {
  const { ci: _ci, ...told } = ciRef(environment);
  expect(told).toStrictEqual(expected);
});

describe('the page of the run', () => {
  const github = {
    GITHUB_SERVER_URL: 'https://github.example',
    GITHUB_REPOSITORY: 'acme/app',
    GITHUB_RUN_ID: '42',
  };
  const azure = {
    SYSTEM_COLLECTIONURI: 'https://azure.example/acme/',
    SYSTEM_TEAMPROJECTID: '0a1b-2c3d',
    BUILD_BUILDID: '42',
  };

  it.each<[string, Record<string, string>, string | undefined]>([
    ['nothing', {}, undefined],
    ['GitHub', github, 'https://github.example/acme/app/actions/runs/42'],
    ['GitHub without an id', { ...github, GITHUB_RUN_ID: '' }, undefined],
    ['a GitLab job', { CI_JOB_URL: 'https://gitlab.example/a/-/jobs/1' }, 'https://gitlab.example/a/-/jobs/1'],
    [
      'a GitLab pipeline',
      { CI_PIPELINE_URL: 'https://gitlab.example/a/-/pipelines/1' },
      'https://gitlab.example/a/-/pipelines/1',
    ],
    ['Jenkins', { BUILD_URL: 'https://jenkins.example:8443/job/a/1/' }, 'https://jenkins.example:8443/job/a/1/'],
    ['Azure', azure, 'https://azure.example/acme/0a1b-2c3d/_build/results?buildId=42'],
    ['Azure with words for a number', { ...azure, BUILD_BUILDID: '4&token=x' }, undefined],
    ['CircleCI', { CIRCLE_BUILD_URL: 'https://circle.example/gh/a/1' }, 'https://circle.example/gh/a/1'],
    ['Buildkite', { BUILDKITE_BUILD_URL: 'https://kite.example/a/builds/1' }, 'https://kite.example/a/builds/1'],
    [
      'the first that may be shown',
      { CI_JOB_URL: 'http://gitlab.example/1', CIRCLE_BUILD_URL: 'https://circle.example/1' },
      'https://circle.example/1',
    ],
  ])('%s', (_, environment, expected) => expect(ciRunUrl(environment)).toBe(expected));

  it.each([
    'http://jenkins.example/1',
    'http://127.0.0.1/1',
    'ssh://git@jenkins.example/1',
    'https://user@jenkins.example/1',
    'https://user:canary-canary@jenkins.example/1',
    'https://jenkins.example/1?token=canary-canary',
    'https://jenkins.example/1#canary-canary',
    'https://jenkins.example/1?buildId=1&token=canary-canary',
    'https://jenkins.example/1?x=y?buildId=1',
    'https://jenkins.example/a b',
    'https://jenkins.example/1\nSource-Commit: x',
    'https://jenkins.example/\u202e1',
    'https://jenkins.example/\u001b[31m',
    `https://jenkins.example/${'x'.repeat(500)}`,
    'javascript:alert(1)',
    '',
  ])('leaves out %j', (url) => expect(ciRunUrl({ BUILD_URL: url })).toBeUndefined());
});

it.each<[boolean, Record<string, string>]>([
  [false, {}],
  [true, { CI: 'true' }],
  [true, { CI: '1' }],
  [true, { CI: 'woodpecker' }],
  ...['false', '0', 'no', 'False'].map((CI): [boolean, Record<string, string>] => [false, { CI }]),
  [false, { CI: 'false', GITHUB_ACTIONS: 'true' }],
  [true, { TF_BUILD: 'True' }],
  [true, { JENKINS_URL: 'https://ci.example/' }],
  [true, { GITHUB_ACTIONS: 'true' }],
  [true, { GITLAB_CI: 'true' }],
  [true, { CIRCLECI: 'true' }],
  [true, { BUILDKITE: 'true' }],
])('whether a CI runs us is %s for %j', (ci, environment) => expect(ciRef(environment).ci).toBe(ci));

it.each<[string | undefined, Record<string, string>]>([
  ['github', { CI: 'true', GITHUB_ACTIONS: 'true' }],
  ['azure', { TF_BUILD: 'True' }],
  [undefined, { CI: 'false', GITHUB_ACTIONS: 'true' }],
  [undefined, { CI: 'woodpecker' }],
])('the CI that runs us is %s for %j', (name, environment) => expect(ciName(environment)).toBe(name));
