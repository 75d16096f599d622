import { checkBaseImages } from './base-images';

const digest = `sha256:${'a'.repeat(64)}`;
const check = (text: string) => checkBaseImages('app/Dockerfile', text, ['BASE', 'UV']);

it.each([
  'FROM scratch',
  'ARG BASE\nFROM ${BASE}',
  'ARG BASE\nFROM $BASE AS one\nFROM One',
  'FROM ${BASE:-python:3.13}',
  'from --platform=$BUILDPLATFORM ${BASE} as one',
  `FROM registry.example.com/python:3.13@${digest}`,
  'FROM ${BASE} AS one\nFROM \\\n  # a comment\n  one AS two\nFROM two',
  'FROM ${BASE}\nRUN <<EOF\nFROM nowhere:latest\nEOF\nCOPY a b',
  'FROM ${BASE}\nRUN <<"ONE" <<-TWO\nFROM x\nONE\nFROM y\n\tTWO\n',
  'FROM ${BASE}\nRUN echo \\\nFROM nowhere',
  '# escape=`\nFROM `\n${BASE}',
  'FROM ${UV} AS uv\nFROM ${BASE}\nCOPY --from=uv /uv /bin/\nCOPY --from=0 /uv /bin/\nCOPY --from=constraints c.txt /',
  'FROM ${BASE}\nRUN --mount=type=bind,from=constraints,target=/c cat /c/x',
  `FROM \${BASE}\nCOPY --from=registry.example.com/uv@${digest} /uv /bin/`,
])('accepts %j', (text) => {
  expect(() => check(text)).not.toThrow();
});

it.each([
  ['FROM python:3.13', 1, 'python:3.13'],
  ['ARG OTHER\nFROM ${OTHER}', 2, '${OTHER}'],
  ['FROM python:${VERSION}', 1, 'python:${VERSION}'],
  ['FROM ${BASE}-slim', 1, '${BASE}-slim'],
  ['FROM later AS one\nFROM scratch AS later', 1, 'later'],
  ['FROM ${BASE}\n\nCOPY --from=registry.example.com/uv:latest /uv /bin/', 3, 'registry.example.com/uv:latest'],
  ['FROM ${BASE}\nRUN --mount=type=bind,from=node:22,target=/n x', 2, 'node:22'],
])('refuses %j', (text, line, image) => {
  expect(() => check(text)).toThrow(
    expect.objectContaining({
      code: 'OptionInvalid',
      message: expect.stringContaining(`app/Dockerfile:${line}: `),
      remedy: expect.stringContaining('"bases"'),
      data: { file: 'app/Dockerfile', line, image },
    }),
  );
});
