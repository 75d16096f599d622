import { findRequirements } from './find-requirements';

const find = (texts: Readonly<Record<string, string>>) =>
  findRequirements({
    root: 'api',
    paths: Object.keys(texts),
    text: (path) => texts[path] ?? '',
    files: {
      read: (file) =>
        texts[file.slice('api/'.length)] === undefined ? undefined : Buffer.from(texts[file.slice(4)] ?? ''),
      folders: () => [],
    },
  });

it('takes files that lead to others, and what those lead to', () => {
  const { requirements } = find({
    'requirements-dev.txt': '-r requirements.txt\n-c bounds.txt\n',
    'requirements.txt': 'requests==2.32.0\n',
    'bounds.txt': 'urllib3<3\n',
  });
  expect(requirements).toEqual(['requirements-dev.txt', 'requirements.txt']);
});

it('passes over one that leads nowhere, with its place', () => {
  const { requirements, notes } = find({ 'a.in': 'flask\n', 'b.in': 'rich\n-r gone.in\n' });
  expect(requirements).toEqual(['a.in']);
  expect(notes[1]).toMatch(/^b\.in: passed over: api\/b\.in: line 2 = "gone\.in"/);
});
