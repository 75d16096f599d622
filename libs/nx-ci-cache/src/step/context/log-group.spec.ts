import { hasLogGroups, logGroup } from './log-group';

const now = new Date('2026-11-29T00:00:00.500Z');
const group = { title: 'ci-3.13-linux-amd64: the log of build 0a1b2c3d', text: '#1 RUN make\n#1 DONE\n' };
const said = '#1 RUN make\n#1 DONE\n';
const name = 'ci-3.13-linux-amd64_the_log_of_build_0a1b2c3d';

const all: readonly (readonly [string, NodeJS.ProcessEnv, string, string])[] = [
  ['GitHub', { GITHUB_ACTIONS: 'true' }, `::group::${group.title}\n`, '::endgroup::\n'],
  [
    'GitLab',
    { GITLAB_CI: 'true' },
    `\u001b[0Ksection_start:1795910400:${name}[collapsed=true]\r\u001b[0K${group.title}\n`,
    `\u001b[0Ksection_end:1795910400:${name}\r\u001b[0K\n`,
  ],
  ['Azure', { TF_BUILD: 'True' }, `##[group]${group.title}\n`, '##[endgroup]\n'],
  ['Buildkite', { BUILDKITE: 'true' }, `--- ${group.title}\n`, '+++ nx-ci-cache\n'],
];

describe.each(all)('%s', (_ci, environment, start, end) => {
  it('folds a text between marks of its own', () => {
    expect(hasLogGroups(environment)).toBe(true);
    expect(logGroup(group, environment, now)).toBe(`${start}${said}${end}`);
  });

  it('obeys nothing that the text or its title says, and shows no secret', () => {
    const evil = [
      ...['::endgroup::', '::set-output name=x::y', '##[endgroup]', '##vso[task.setvariable]x', '+++ open', '--- more'],
      ...['\u001b[0Ksection_end:1:x\r\u001b[0K', 'token very-secret-value'],
    ];
    const text = logGroup(
      { title: `leg\n::error::x \u001b[31m`, text: evil.join('\n') },
      { ...environment, MY_TOKEN: 'very-secret-value' },
      now,
    );
    const inside = text.split('\n').slice(1, -2);
    expect(inside.join('\n')).not.toMatch(/^\s*::|##\[|##vso|^(\+\+\+|---) |[\u001b\r]|very-secret-value/m);
    expect(text.split('\n').slice(-2)).toEqual(
      [end.slice(0, -1), ''].map((line) => line.replaceAll(name, 'leg_error_x')),
    );
  });
});

it.each<NodeJS.ProcessEnv>([{}, { CI: 'true' }, { GITHUB_ACTIONS: 'false' }, { CIRCLECI: 'true' }])(
  'writes nothing for %j',
  (environment) => {
    expect(hasLogGroups(environment)).toBe(false);
    expect(logGroup(group, environment, now)).toBe('');
  },
);
