/** Whose code a detached checkout holds, with real git: a CI names its branch whatever a workflow checks out after that. */
import { gitIn, makeWorld, type World } from '../testing/world';
import { detectSource } from './source';

let world: World;
beforeEach(() => {
  world = makeWorld();
});
afterEach(() => world.remove());

const main = { CI: 'true', GITHUB_REF_NAME: 'main', GITHUB_REF_TYPE: 'branch' };

it.each(['workflow_run', 'issue_comment', 'workflow_dispatch', 'schedule', 'push'])(
  'does not take a proposal for main because it was checked out under the event %s',
  async (event) => {
    const git = gitIn(world.checkout);
    const told = { ...main, GITHUB_EVENT_NAME: event, GITHUB_SHA: world.sources[2] };
    git('checkout', '-q', '--detach');
    expect(await detectSource(world.checkout, told)).toEqual({
      commit: world.sources[2],
      branch: 'main',
      ci: true,
      pullRequest: false,
    });
    git('commit', '-q', '--allow-empty', '-m', 'head of a proposal');
    expect(await detectSource(world.checkout, told)).toEqual({
      commit: git('rev-parse', 'HEAD'),
      otherCommit: world.sources[2],
      ci: true,
      pullRequest: false,
    });
  },
);

it('keeps a proposal a proposal, with the branch it wants to go to, whatever is checked out', async () => {
  gitIn(world.checkout)('checkout', '-q', '--detach', 'HEAD~1');
  const told = {
    ...main,
    GITHUB_EVENT_NAME: 'pull_request_target',
    GITHUB_BASE_REF: 'main',
    GITHUB_SHA: world.sources[2],
  };
  expect(await detectSource(world.checkout, told)).toEqual({
    commit: world.sources[1],
    otherCommit: world.sources[2],
    ci: true,
    pullRequest: true,
    baseBranch: 'main',
  });
});

it('takes a branch that is checked out for what it is, also after a commit of the run itself', async () => {
  gitIn(world.checkout)('commit', '-q', '--allow-empty', '-m', 'next version');
  const told = { ...main, GITHUB_EVENT_NAME: 'push', GITHUB_SHA: world.sources[2] };
  expect(await detectSource(world.checkout, told)).toMatchObject({ branch: 'main', pullRequest: false });
});
