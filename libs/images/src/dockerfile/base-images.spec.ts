import { baseImages, type DockerfileUse } from './base-images';

const digest = `sha256:${'a'.repeat(64)}`;
const bases = { BASE: 'registry.example.com/python:3.13', UV: `registry.example.com/uv@${digest}` };
const use: DockerfileUse = { platform: 'linux/arm64', bases, buildArgs: { SUITE: 'trixie' } };
const read = (text: string, changes: Partial<DockerfileUse> = {}) =>
  baseImages('app/Dockerfile', text, { ...use, ...changes });
const named = (text: string, changes: Partial<DockerfileUse> = {}) =>
  Object.fromEntries(Object.entries(read(text, changes).contexts).map(([name, { reference }]) => [name, reference]));

it.each([
  'FROM scratch',
  'ARG BASE\nFROM ${BASE}',
  'ARG BASE\nFROM $BASE AS One\nFROM one',
  'ARG BASE\nfrom --platform=$BUILDPLATFORM ${BASE} as one',
  `FROM registry.example.com/python:3.13@${digest}`,
  'ARG BASE\nFROM ${BASE} AS one\nFROM \\\n  # a comment\n  one AS two\nFROM two',
  'ARG BASE\nFROM ${BASE}\nRUN <<EOF\nFROM nowhere:latest\nEOF\nCOPY a b',
  'ARG BASE\nFROM ${BASE}\nRUN echo \\\nFROM nowhere',
  '# escape=`\nARG BASE\nFROM `\n${BASE}',
  'ARG UV BASE\nFROM ${UV} AS uv\nFROM ${BASE}\nCOPY --from=uv /uv /bin/\nCOPY --from=0 /uv /bin/\nCOPY --from=constraints c.txt /',
  'ARG BASE\nFROM ${BASE}\nRUN --mount=type=bind,from=constraints,target=/c cat /c/x',
  `ARG BASE\nFROM \${BASE}\nCOPY --from=registry.example.com/uv@${digest} /uv /bin/`,
  'FROM scratch AS build-amd64\nFROM scratch AS build-arm64\nFROM build-${TARGETARCH}',
  'FROM scratch AS os-linux-arm64\nFROM os-${TARGETPLATFORM/\\//-}',
  'ARG FLAVOUR=full\nFROM scratch AS full\nFROM scratch AS slim\nFROM ${FLAVOUR}',
  'ARG DEBUG\nFROM scratch AS plain\nFROM scratch AS debug\nFROM ${DEBUG:+debug}${DEBUG:-plain}',
  'FROM python:3.13 AS unused\nFROM scratch',
  'FROM nowhere-$BUILDARCH AS unused\nFROM scratch',
  'FROM python:3.13 AS constraints\nFROM scratch\nCOPY --from=constraints c.txt /',
])('finds every image of %j given or pinned', (text) => {
  expect(read(text)).toEqual({ contexts: {} });
});

it.each([
  ['FROM python:3.13', { 'python:3.13': 'docker.io/library/python:3.13' }],
  ['FROM docker.io/library/python', { python: 'docker.io/library/python:latest' }],
  ['FROM index.docker.io/python', { python: 'docker.io/library/python:latest' }],
  [
    'FROM registry-1.docker.io/library/python:3',
    { 'registry-1.docker.io/library/python:3': 'docker.io/library/python:3' },
  ],
  ['FROM ${BASE:-python:3.13}', { 'python:3.13': 'docker.io/library/python:3.13' }],
  ['ARG SUITE=bookworm\nFROM debian:$SUITE', { 'debian:trixie': 'docker.io/library/debian:trixie' }],
  ['FROM debian:${SUITE-bookworm}', { 'debian:bookworm': 'docker.io/library/debian:bookworm' }],
  ['ARG V=3.13.1\nFROM python:${V%.*}', { 'python:3.13': 'docker.io/library/python:3.13' }],
  ['ARG V="3.13" N=python\nARG I=$N:$V\nFROM $I', { 'python:3.13': 'docker.io/library/python:3.13' }],
  [
    'FROM scratch\nCOPY --from=registry.example.com/astral/uv:latest /uv /bin/',
    { 'registry.example.com/astral/uv': 'registry.example.com/astral/uv:latest' },
  ],
  ['FROM scratch\nRUN --mount=type=bind,from=node:22,target=/n x', { 'node:22': 'docker.io/library/node:22' }],
  ['FROM scratch\nONBUILD COPY --from=node:22 a b', { 'node:22': 'docker.io/library/node:22' }],
])('finds what the run has to look at in %j', (text, contexts) => {
  expect(named(text)).toEqual(contexts);
});

it('looks only at what the target takes', () => {
  const text = 'FROM python:3.13 AS one\nFROM node:22 AS two\nFROM two AS three';
  expect(named(text, { target: 'One' })).toEqual({ 'python:3.13': 'docker.io/library/python:3.13' });
  expect(named(text)).toEqual({ 'node:22': 'docker.io/library/node:22' });
});

it.each([
  ['rumtime', 'did you mean runtime?'],
  ['xyz', 'the stages are build, runtime.'],
])('refuses the target %s, which is no stage', (target, remedy) => {
  expect(() => read('FROM scratch AS build\nFROM build AS runtime', { target })).toThrow(
    expect.objectContaining({
      message: `app/Dockerfile:2: there is no stage "${target}"`,
      remedy: expect.stringContaining(remedy),
    }),
  );
});

it.each([
  ['# syntax=docker/dockerfile:1', 'docker.io/docker/dockerfile:1', 1],
  ['# escape=`\n#Syntax = docker/dockerfile', 'docker.io/docker/dockerfile:latest', 2],
  ['#!/usr/bin/env x\n# syntax=a/b:1 more', 'docker.io/a/b:1', 2],
  ['// syntax=a/b:1', 'docker.io/a/b:1', 1],
])('finds what reads the file in %j', (above, reference, line) => {
  expect(read(`${above}\nFROM scratch`).syntax).toEqual({ reference, line });
});

it.each([`# syntax=docker/dockerfile:1@${digest}`, '# a comment\n# syntax=docker/dockerfile:1', '\n# syntax=a/b'])(
  'has nothing to look at in %j',
  (above) => expect(read(`${above}\nFROM scratch`)).not.toHaveProperty('syntax'),
);

it.each([
  ['ARG OTHER\nFROM ${OTHER}', 2, 'OTHER has no value', '"bases"'],
  ['FROM ${BASE}', 1, 'BASE has no value', 'ARG BASE'],
  ['ARG BASE\nFROM ${BASE}-slim', 2, 'neither a stage nor an image', '"bases"'],
  ['FROM scratch AS one\nFROM One', 2, 'neither a stage nor an image', '"bases"'],
  ['FROM python:$BUILDARCH', 1, 'BUILDARCH is known to the building node only', 'TARGET'],
  ['ARG A=$BUILDOS\nFROM python:$A', 2, 'BUILDOS is known', 'TARGET'],
  ['FROM node AS node', 1, 'a stage has the name of the image "node"', 'another name'],
  ['FROM later AS one\nFROM scratch AS later\nCOPY --from=one a b', 1, 'a stage has the name', 'another name'],
  ['FROM ${BASE', 1, "missing '}'", 'Correct the expression'],
  ['ARG V=1\nFROM scratch\nCOPY --from=node:$V a b', 3, 'fills in no variable', 'AS <stage>'],
  ['FROM scratch\nRUN <<EOF\ntrue', 2, '<<EOF is never closed', 'Close it'],
  ['ARG A', 1, 'there is no FROM', 'Write a stage'],
])('refuses %j', (text, line, message, remedy) => {
  expect(() => read(text)).toThrow(
    expect.objectContaining({
      code: 'OptionInvalid',
      message: expect.stringMatching(new RegExp(`^app/Dockerfile:${line}: .*`)),
      remedy: expect.stringContaining(remedy),
    }),
  );
  expect(() => read(text)).toThrow(message);
});

it('takes no image for what is a folder by name, as BuildKit names it', () => {
  const text = 'FROM shared AS one\nFROM docs:latest\nCOPY --from=shared a /\nCOPY --from=other b /\n';
  const contexts = { shared: 'libs/shared', docs: 'docs' };
  const found = baseImages('Dockerfile', text, { platform: 'linux/amd64', bases: {}, buildArgs: {}, contexts });
  expect(Object.keys(found.contexts)).toEqual(['other']);
});
