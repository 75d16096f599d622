import { run } from '@nx-ci-cache/process';
import { speaksJson, voiceOf } from './voice';

const spoken = (environment: NodeJS.ProcessEnv) => {
  const told: string[] = [];
  return { told, ...voiceOf('app:snapshot', environment, (text) => told.push(text)) };
};

it('says lines to people, made harmless, and hides what programs are told', () => {
  const { told, say } = spoken({ CI_CACHE_JSON: 'no' });
  say('::error::\u001b[31mhello');
  say('a table', { type: 'report', report: {} });
  expect(told).toEqual([': :error::hello\n', 'a table\n']);
});

it('says one JSON value per line to programs, and folds nothing', () => {
  const { told, say, sayFolded } = spoken({ CI_CACHE_JSON: 'yes', CI: 'true', GITHUB_ACTIONS: 'true' });
  say('two\nlines');
  say('a table', { type: 'report', report: { outcome: 'refreshed' } });
  sayFolded({ title: 'log', text: 'long' });
  expect(told.every((line) => line.indexOf('\n') === line.length - 1)).toBe(true);
  expect(told.map((line) => JSON.parse(line) as unknown)).toEqual([
    { task: 'app:snapshot', text: 'two\nlines' },
    { task: 'app:snapshot', type: 'report', report: { outcome: 'refreshed' } },
  ]);
});

it('is asked for JSON by the variable, else by being run by an agent', () => {
  const asked = [{}, { CI_CACHE_JSON: 'yes' }, { CI_CACHE_JSON: 'no' }, { CI_CACHE_JSON: '' }];
  expect(asked.map((environment) => speaksJson(environment, true))).toEqual([true, true, false, true]);
  expect(asked.map((environment) => speaksJson(environment, false))).toEqual([false, true, false, false]);
});

it('tells of each command where it is asked to be verbose, without secrets', async () => {
  const { told } = spoken({ CI_CACHE_VERBOSE: 'yes', CI_CACHE_JSON: 'no' });
  const command = { file: process.execPath, env: {}, args: ['-e', '', 'https://user:hunter2@example.com/'] };
  await run(command);
  await run({ ...command, args: ['-e', 'process.exit(3)'] }).catch(() => undefined);
  const [well = '', badly = ''] = told;
  expect(well).toMatch(/^\$ \S*node -e {2}https:\/\/\S*example\.com\/ \([\d.]+ s\)\n$/);
  expect(badly).toMatch(/process\.exit\(3\) \([\d.]+ s, failed\)\n$/);
  expect(well).not.toContain('hunter2');
});
