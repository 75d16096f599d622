import { execute } from './support/execute';
import { e2eFolder } from './support/workspace';

describe('a command of a test', () => {
  it.each([
    ['CI', 'true'],
    ['GITHUB_EVENT_NAME', 'pull_request'],
    ['GITHUB_STEP_SUMMARY', '/nowhere'],
    ['CI_EXTERNAL_PULL_REQUEST_IID', '1'],
    ['SYSTEM_PULLREQUEST_PULLREQUESTID', '1'],
    ['BUILDKITE_PULL_REQUEST', '1'],
    ['CIRCLE_PULL_REQUEST', '1'],
    ['CHANGE_ID', '1'],
    ['CI_CACHE_DRY_RUN', '1'],
    ['GIT_DIR', '/nowhere'],
  ])('does not see %s of the run that tests', async (name, value) => {
    process.env[name] = value;
    try {
      const { stdout } = await execute('env', [], { cwd: e2eFolder(), env: { OF_THE_TEST: 'seen' } });
      expect(stdout).toMatch(/^PATH=/m);
      expect(stdout).toMatch(/^OF_THE_TEST=seen$/m);
      expect(stdout).not.toMatch(new RegExp(`^${name}=`, 'm'));
    } finally {
      delete process.env[name];
    }
  });
});
