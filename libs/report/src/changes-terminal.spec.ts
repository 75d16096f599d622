import type { ChangesRecord, PinChange } from '@nx-ci-cache/records';
import { changesTerminal } from './changes-terminal';

const file = (name: string, changes: readonly PinChange[], published = true) => ({
  ...{ file: name, published, unchanged: 1, changes },
});
const a: PinChange = { name: 'a', kind: 'upgraded', from: '1', to: '2' };
const gone: PinChange = { name: 'gone', kind: 'removed', from: '1' };
const bad: PinChange = { name: 'bad', kind: 'added', to: '3', release: { yanked: 'broken' } };
const shown = (changed: Partial<ChangesRecord>) =>
  changesTerminal(
    { ...{ run: 'r', inputs: 'i', result: 'changed', digests: {}, files: [] }, ...changed },
    'changes.md',
  );

it('shows a change once, with the files it is in, and no pin of a new file', () => {
  const files = [file('core-3.11.txt', [a]), file('core-3.12.txt', [a, gone]), file('core-3.13.txt', [a, bad])];
  const text = shown({ files: [...files, file('new-3.13.txt', [{ ...a, name: 'unseen' }], false)] });
  expect(text).toMatch(/^a +upgraded +1 → 2 +core-3\.11 and 2 more$/m);
  expect(text).toMatch(/^gone +removed +1 +core-3\.12$/m);
  expect(text).toMatch(/^bad +added +3 \(yanked\) +core-3\.13$/m);
  expect(text).not.toContain('unseen');
  expect(text.endsWith('\nAll of it: changes.md')).toBe(true);
});

it('names what the guards let pass first, and stops where more rows say less', () => {
  const many = Array.from({ length: 45 }, (_, at) => ({ ...a, name: `package-${at}` }));
  const text = shown({ files: [file('core-3.11.txt', many)], overrides: ['core-3.11.txt: z goes down'] });
  expect(text.split('\n')[0]).toBe('allowed by constraints.guard: core-3.11.txt: z goes down');
  expect(text).toContain('… and 5 packages more');
});

it('says nothing of packages where none changed', () => {
  expect(shown({ files: [file('core-3.11.txt', [])] })).toBe('\nAll of it: changes.md');
});
