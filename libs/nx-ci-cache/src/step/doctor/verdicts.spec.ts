import { parseConfig } from '@nx-ci-cache/config';
import type { DetectedSource } from '@nx-ci-cache/branch';
import { CiCacheError } from '@nx-ci-cache/process';
import { judgeBranch } from './branch-rule';
import { examine, findingOf, well } from './check';
import { judgeGates } from './gates';
import { judgeNode, judgeNx } from './versions';

const configWith = (push: object) =>
  parseConfig(
    JSON.stringify({
      pythons: ['3.13'],
      constraints: { modes: { core: { requirements: ['core.in'] } } },
      push: { branches: [{ from: 'main', to: 'constraints-main' }], ...push },
    }),
    'app',
  );

describe('versions', () => {
  it.each([
    [judgeNode('20.19.0'), 'well'],
    [judgeNode('v22.1.0'), 'well'],
    [judgeNode('20.18.3'), 'wrong', /^Node 20\.18\.3 is too old: at least 20\.19 is needed$/, /nvm install/],
    [judgeNode('18.20.0'), 'wrong', /at least 20\.19/, /nvm install/],
    [judgeNx('22.7.0'), 'well'],
    [judgeNx('24.0.6'), 'well'],
    [judgeNx('22.6.9'), 'wrong', /^Nx 22\.6\.9 is too old: at least 22\.7 is needed$/, /npx nx migrate latest/],
    [judgeNx('25.0.0'), 'wrong', /newer than/, /npx nx migrate nx-ci-cache/],
    [judgeNx(undefined), 'wrong', /has no Nx/, /npm install --save-dev nx/],
  ])('%j', (finding, verdict, says = /^N/, mend = undefined) => {
    expect(finding).toEqual({
      verdict,
      says: expect.stringMatching(says),
      ...(mend && { mend: expect.stringMatching(mend) }),
    });
  });
});

describe('the branch rule', () => {
  const source: DetectedSource = { commit: 'c0ffee', branch: 'main', ci: false, pullRequest: false };

  it.each<[string, Partial<DetectedSource>, string, RegExp, RegExp | undefined]>([
    ['a branch with a rule', {}, 'well', /^main publishes to constraints-main$/, undefined],
    ['a branch without', { branch: 'topic' }, 'wrong', /covers branch topic/, /^git switch main, or add .*"topic"/],
    ['another commit than that of the CI', { otherCommit: 'bad' }, 'wrong', /another one is checked out/, /^Check out/],
  ])('of %s', (_what, changed, verdict, says, mend) => {
    expect(judgeBranch(configWith({}), { ...source, ...changed })).toEqual({
      verdict,
      says: expect.stringMatching(says),
      ...(mend && { mend: expect.stringMatching(mend) }),
    });
  });
});

describe('the gates', () => {
  const cells = { executor: 'nx-ci-cache:generate-constraints' };
  const app = { root: 'app', targets: { 'cells--core': cells, all: { dependsOn: ['cells--core'] } } };
  type DependsOn = (string | object)[];
  const judge = (push: object, dependsOn: DependsOn = []) =>
    judgeGates({
      ...{ config: configWith(push), projectName: 'app' },
      projects: { app, api: { root: 'api', targets: { gate: { dependsOn }, between: { dependsOn: ['app:all'] } } } },
    } as unknown as Parameters<typeof judgeGates>[0]);
  const one = { gates: ['api:gate'] };

  it.each<[string, DependsOn]>([
    ['its name', ['app:all']],
    ['a target between', ['between']],
    ['an object', [{ projects: ['app'], target: 'all' }]],
    ['a pattern', [{ projects: 'a*', target: 'cells--*' }]],
    ['its own project', [{ projects: 'self', target: 'between' }]],
    ['whatever it depends on', ['^all']],
    ['the same as an object', [{ dependencies: true, target: 'all' }]],
  ])('use the files by %s', (_how, dependsOn) => {
    expect(judge(one, dependsOn)).toEqual(well('api:gate uses the generated files'));
  });

  it.each<[string, object, DependsOn, string, RegExp | undefined]>([
    ['none', {}, [], 'wrong', /in push\.gates of app\/ci-cache\.json/],
    ['none wanted', { allowUntested: true }, [], 'well', undefined],
    ['one without the files', one, ['gate', 'nothing'], 'wrong', /^Add "dependsOn": \[.*"app".*generate-constraints/],
  ])('are wanting where there is %s', (_what, push, dependsOn, verdict, mend) => {
    expect(judge(push, dependsOn)).toMatchObject({
      verdict,
      ...(mend && { mend: expect.stringMatching(mend) }),
    });
  });
});

describe('examine', () => {
  it('goes on after a finding, in the order of the checks, and shows no secret', async () => {
    const error = new CiCacheError('CommandFailed', 'no answer of https://me:pw@host/x', { remedy: 'Do it.' });
    const checks = [
      { name: 'first', look: () => Promise.reject(error) },
      { name: 'second', look: () => [well('one'), findingOf(new Error('two'))] },
      {
        name: 'third',
        look: () => {
          throw error;
        },
      },
    ];
    const said = { verdict: 'wrong', says: 'no answer of https://***@host/x', mend: 'Do it.' };
    expect(await examine(checks, {})).toEqual([
      { check: 'first', ...said },
      { check: 'second', verdict: 'well', says: 'one' },
      { check: 'second', verdict: 'wrong', says: 'two', mend: '' },
      { check: 'third', ...said },
    ]);
  });
});
