import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { recordPaths } from '@nx-ci-cache/records';
import type { LogGroup } from '../context/log-group';
import { sayBuildLog } from './build-log';

const root = mkdtempSync(join(tmpdir(), 'nx-ci-cache-log-'));
const paths = recordPaths('app');
const leg = { image: 'ci', python: '3.13', platform: 'linux/amd64' };
const file = join(root, paths.legLog(leg));
mkdirSync(dirname(file), { recursive: true });
afterAll(() => rmSync(root, { recursive: true }));

const said = (text: string, environment: NodeJS.ProcessEnv = { GITHUB_ACTIONS: 'true' }) => {
  writeFileSync(file, text);
  const groups: LogGroup[] = [];
  const sayFolded = (group: LogGroup) => void groups.push(group);
  sayBuildLog(leg, '0a1b2c3d-4e5f', { paths, environment, sayFolded, at: (path) => join(root, path) });
  return groups;
};

it('says the whole log of a build, which its title names', () => {
  expect(said('#1 RUN make\n#1 DONE\n')).toEqual([
    { title: 'ci-3.13-linux-amd64: the log of build 0a1b2c3d', text: '#1 RUN make\n#1 DONE\n' },
  ]);
});

it('says the end of a long one, in whole lines, and where the rest is', () => {
  const [group] = said(Array.from({ length: 100_000 }, (_, at) => `#1 line ${at}\n`).join(''));
  const lines = group?.text.split('\n') ?? [];
  expect(lines[0]).toBe(`… what comes before is in ${paths.legLog(leg)}`);
  expect(lines.slice(1, -1).every((line) => /^#1 line \d+$/.test(line))).toBe(true);
  expect(lines.at(-2)).toBe('#1 line 99999');
  expect(group?.text.length).toBeLessThan(257 * 1024);
});

it('says nothing of a file that somebody took away', () => {
  const sayFolded = () => expect(undefined).toBe('said');
  const at = () => join(root, 'nowhere');
  sayBuildLog(leg, 'b', { paths, environment: { GITHUB_ACTIONS: 'true' }, sayFolded, at });
});

it('says nothing where no CI folds: the file is at hand', () => {
  expect(said('#1 RUN make\n', {})).toEqual([]);
});
