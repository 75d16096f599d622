import { seenConstraints } from './seen-constraints';

const use = { platform: 'linux/amd64', bases: { BASE: 'r.example/b:1' }, buildArgs: { PYTHON_VERSION: '3.11' } };
const head = 'ARG BASE\nFROM ${BASE} AS app\n';
const seen = (text: string, changes: object = {}) => {
  const files = seenConstraints('Dockerfile', head + text, { ...use, ...changes });
  return files === undefined ? 'all' : [...files];
};
const one = ['constraints-3.11.txt'];

it('leaves it to another reader of the file', () => {
  expect(seenConstraints('Dockerfile', `# syntax=acme/x\n${head}`, use)).toBeUndefined();
});

it.each([
  ['nothing of it', 'RUN true', []],
  ['one file', 'COPY --from=constraints constraints-3.11.txt /c.txt', one],
  ['several files', 'COPY --from=constraints a.txt ./b.txt /c/', ['a.txt', 'b.txt']],
  ['the JSON form', 'COPY --from=constraints ["a.txt", "/c.txt"]', ['a.txt']],
  ['an argument', 'ARG PYTHON_VERSION\nCOPY --from=constraints constraints-$PYTHON_VERSION.txt /', one],
  ['a default', 'ARG V=3.11\nCOPY --from=constraints constraints-${V}.txt /', one],
  ['ENV', 'ENV V=3.11\nCOPY --from=constraints constraints-${V}.txt /', one],
  ['a mount of one file', 'RUN --mount=from=constraints,source=constraints-3.11.txt,target=/c true', one],
  ['a stage that is not built', 'FROM scratch AS x\nCOPY --from=constraints . /\nFROM app', []],
  ['another context', 'COPY --from=shared . /', []],
  ['the context of the build', 'COPY constraints* /', []],
  ['all of it', 'COPY --from=constraints . /c/', 'all'],
  ['its root', 'COPY --from=constraints / /c/', 'all'],
  ['a pattern', 'COPY --from=constraints constraints-*.txt /c/', 'all'],
  ['a class', 'COPY --from=constraints constraints-3.1[13].txt /c/', 'all'],
  ['a value nobody knows', 'COPY --from=constraints constraints-$V.txt /', 'all'],
  ['an ARG of the base image', 'ARG V\nCOPY --from=constraints constraints-$V.txt /', 'all'],
  ['a mount of all of it', 'RUN --mount=from=constraints,target=/c true', 'all'],
  ['a stage that starts from it', 'FROM constraints AS c\nFROM app\nCOPY --from=c a.txt /', 'all'],
  ['what stages behind it run', 'ONBUILD COPY --from=constraints a.txt /', 'all'],
  ['one file and all', 'COPY --from=constraints a.txt /\nCOPY --from=Constraints . /', 'all'],
])('sees of %s what is named', (_what, text, files) => {
  expect(seen(text, { contexts: { shared: 'shared' } })).toEqual(files);
});
