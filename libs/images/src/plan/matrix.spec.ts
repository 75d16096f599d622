import { legName } from '@nx-ci-cache/records';
import { legMatrix, type MatrixLeg } from './matrix';

/** `prod@arm64<ci` is the leg of prod for linux/arm64 that starts from that of ci. */
const leg = (text: string, python = '3.13'): MatrixLeg => {
  const [, image = '', machine = '', base] = /^(\w+)@([\w/]+)(?:<(\w+))?$/.exec(text) ?? [];
  const one = { image, python, platform: `linux/${machine}` };
  return { ...one, name: legName(one), bases: base === undefined ? [] : [legName({ ...one, image: base })] };
};
const jobs = (legs: string) =>
  legMatrix(
    legs
      .split(' ')
      .filter(Boolean)
      .map((text) => leg(text)),
    [],
  ).include.map((job) => job.leg.split(','));

it('is a job for each leg, on a machine of its platform', () => {
  expect(
    legMatrix(
      ['ci@amd64', 'ci@arm64', 'ci@arm/v7', 'ci@386'].map((text) => leg(text)),
      [],
    ),
  ).toEqual({
    include: [
      { leg: 'ci-3.13-linux-amd64', image: 'ci', python: '3.13', platform: 'linux/amd64', runner: 'ubuntu-latest' },
      { leg: 'ci-3.13-linux-arm64', image: 'ci', python: '3.13', platform: 'linux/arm64', runner: 'ubuntu-24.04-arm' },
      {
        leg: 'ci-3.13-linux-arm-v7',
        image: 'ci',
        python: '3.13',
        platform: 'linux/arm/v7',
        runner: 'ubuntu-24.04-arm',
      },
      { leg: 'ci-3.13-linux-386', image: 'ci', python: '3.13', platform: 'linux/386', runner: 'ubuntu-latest' },
    ],
  });
  expect(legMatrix([], [])).toEqual({ include: [] });
});

it('takes the labels of the node of the platform', () => {
  const nodes = [{ platforms: ['linux/386', 'linux/amd64'], runner: ['self-hosted', 'X64'] }];
  const runners = legMatrix([leg('ci@amd64'), leg('ci@arm64')], nodes).include.map(({ runner }) => runner);
  expect(runners).toEqual([['self-hosted', 'X64'], 'ubuntu-24.04-arm']);
});

it.each<[what: string, legs: string, expected: readonly (readonly string[])[]]>([
  [
    'legs that start from one another, of each platform',
    'ci@amd64 ci@arm64 prod@amd64<ci prod@arm64<ci',
    [
      ['ci-3.13-linux-amd64', 'prod-3.13-linux-amd64'],
      ['ci-3.13-linux-arm64', 'prod-3.13-linux-arm64'],
    ],
  ],
  [
    'two that start from one, whatever their order',
    'prod@amd64<ci docs@amd64 test@amd64<ci ci@amd64',
    [['prod-3.13-linux-amd64', 'test-3.13-linux-amd64', 'ci-3.13-linux-amd64'], ['docs-3.13-linux-amd64']],
  ],
  ['one whose base is there', 'prod@amd64<ci', [['prod-3.13-linux-amd64']]],
])('makes one job of %s', (_what, legs, expected) => {
  expect(jobs(legs)).toEqual(expected);
});

it('has a job for each platform where there would be more than a CI takes', () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, at) => [leg('ci@amd64', `3.${at}`), leg('ci@arm64', `3.${at}`)]).flat();
  expect(legMatrix(many(128), []).include).toHaveLength(256);
  const { include } = legMatrix(many(129), []);
  expect(include.map(({ image, platform, runner }) => [image, platform, runner])).toEqual([
    ['ci', 'linux/amd64', 'ubuntu-latest'],
    ['ci', 'linux/arm64', 'ubuntu-24.04-arm'],
  ]);
  expect(include.map((job) => job.leg.split(',').length)).toEqual([129, 129]);
});
