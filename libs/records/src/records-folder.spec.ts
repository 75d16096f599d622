import { recordPaths } from './paths';
import { recordsFolder } from './records-folder';

it.each([
  ['app', 'dist/app'],
  ['apps/team_1/x.y-z', 'dist/apps/team_1/x.y-z'],
  ['.github/ci', 'dist/.github/ci'],
  ['.', 'dist/root~'],
  ['', 'dist/root~'],
  ['a b', 'dist/a~20b'],
  ['[x]', 'dist/~5bx~5d'],
  ['apps/(team)/x', 'dist/apps/~28team~29/x'],
  ['{x}/y', 'dist/~7bx~7d/y'],
  ['!x', 'dist/~21x'],
  ['ünïcode', 'dist/~c3~bcn~c3~afcode'],
  ['😀', 'dist/~f0~9f~98~80'],
  ['root~', 'dist/root~7e'],
  ['images', 'dist/images'],
  ['apps/images', 'dist/apps/images~'],
  ['apps/Images/x', 'dist/apps/Images~/x'],
  ['app/constraints-3.13', 'dist/app/constraints-3.13~'],
  ['app/push.json', 'dist/app/push.json~'],
])('lays the records of %j into %s', (projectRoot, folder) => {
  expect(recordsFolder(projectRoot)).toBe(folder);
});

it('never lets a project lie among the records of the one it is in', () => {
  const cell = { mode: 'core', python: '3.13' };
  const leg = { image: 'ci', python: '3.13', platform: 'linux/amd64' };
  const arguments_: Readonly<Record<string, readonly unknown[]>> = {
    ...{ cellFacts: [cell], constraints: [cell], cellRecord: [cell], constraintsFolder: ['3.13'] },
    explanation: [cell],
    ...{
      plan: [leg],
      reasons: [leg],
      leg: [leg],
      legLog: [leg],
      freeze: ['3.13'],
      freezeRecord: ['3.13'],
      image: ['ci', '3.13'],
    },
    ...{ refresh: ['md'], why: ['json'], import: ['json'] },
  };
  const all = Object.entries(recordPaths('app')).map(([name, path]) =>
    typeof path === 'string' ? path : (path as (...values: readonly unknown[]) => string)(...(arguments_[name] ?? [])),
  );
  const names = new Set(all.flatMap((path) => path.split('/')[2] ?? []));
  expect(names.size).toBeGreaterThan(10);
  for (const name of names) expect(recordsFolder(`app/${name}`)).toBe(`dist/app/${name}~`);
});

it('gives no two projects one folder', () => {
  const characters = ['a', '~', ' ', '[', '5', 'b', 'ü'];
  const names = characters.flatMap((left) =>
    characters.flatMap((middle) => characters.map((right) => left + middle + right)),
  );
  const roots = ['.', 'root', 'root~', 'a/images', 'a/images~', 'a/images~7e', ...names];
  expect(new Set(roots.map(recordsFolder)).size).toBe(roots.length);
});
