import { ciRef } from './ci-environment';

it.each<[string, Record<string, string>, ReturnType<typeof ciRef>]>([
  ['nothing', {}, { pullRequest: false }],
  [
    'GitHub push',
    { GITHUB_REF_NAME: 'main', GITHUB_REF_TYPE: 'branch', GITHUB_EVENT_NAME: 'push', GITHUB_HEAD_REF: '' },
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
  ['GitLab branch', { CI_COMMIT_BRANCH: 'main' }, { branch: 'main', pullRequest: false }],
  [
    'GitLab merge request',
    {
      CI_MERGE_REQUEST_IID: '3',
      CI_MERGE_REQUEST_SOURCE_BRANCH_NAME: 'fix',
      CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'main',
    },
    { branch: 'fix', pullRequest: true, baseBranch: 'main' },
  ],
  ['Jenkins branch', { BRANCH_NAME: 'main' }, { branch: 'main', pullRequest: false }],
  ['Jenkins job of one branch', { GIT_BRANCH: 'origin/release/1' }, { branch: 'release/1', pullRequest: false }],
  [
    'Jenkins change',
    { BRANCH_NAME: 'PR-3', CHANGE_ID: '3', CHANGE_BRANCH: 'fix', CHANGE_TARGET: 'main' },
    { branch: 'fix', pullRequest: true, baseBranch: 'main' },
  ],
  ['Azure branch', { BUILD_SOURCEBRANCH: 'refs/heads/release/1' }, { branch: 'release/1', pullRequest: false }],
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
  ['CircleCI branch', { CIRCLE_BRANCH: 'main' }, { branch: 'main', pullRequest: false }],
  [
    'CircleCI pull request',
    { CIRCLE_BRANCH: 'pull/3', CIRCLE_PULL_REQUEST: 'https://example.com/3' },
    { branch: 'pull/3', pullRequest: true },
  ],
  [
    'Buildkite branch',
    { BUILDKITE_BRANCH: 'main', BUILDKITE_PULL_REQUEST: 'false' },
    { branch: 'main', pullRequest: false },
  ],
  [
    'Buildkite pull request',
    { BUILDKITE_BRANCH: 'fix', BUILDKITE_PULL_REQUEST: '3', BUILDKITE_PULL_REQUEST_BASE_BRANCH: 'main' },
    { branch: 'fix', pullRequest: true, baseBranch: 'main' },
  ],
])('%s', (_, environment, expected) => {
  expect(ciRef(environment)).toEqual(expected);
});
