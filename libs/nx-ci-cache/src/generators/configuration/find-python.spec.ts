import { findPython } from './find-python';

const python = (files: Readonly<Record<string, string>>) =>
  findPython({ root: 'api', paths: Object.keys(files), text: (path) => files[path] ?? '' });

it.each<[files: Readonly<Record<string, string>>, python: string, because: RegExp]>([
  [{ '.python-version': '3.12.4\n', Dockerfile: 'FROM python:3.14' }, '3.12', /^\.python-version$/],
  [
    {
      'pyproject.toml':
        '[project]\nclassifiers = ["Programming Language :: Python :: 3.9", "Programming Language :: Python :: 3.10"]\n',
      Dockerfile: 'FROM python:3.14',
    },
    '3.10',
    /newest classifier/,
  ],
  [{ Dockerfile: 'FROM node:24\nfrom --platform=$BUILDPLATFORM docker.io/python:3.14.7-slim AS x' }, '3.14', /Dockerf/],
  [{ Dockerfile: 'FROM ghcr.io/astral-sh/uv:0.11.32-python3.12-trixie-slim AS base' }, '3.12', /Dockerf/],
  [{ 'docker/Dockerfile': 'ARG PYTHON_VERSION="3.12-bookworm"\nFROM python:$PYTHON_VERSION' }, '3.12', /docker\/Dock/],
  [
    { 'pyproject.toml': '[project]\nrequires-python = ">=3.14"\n', Dockerfile: 'FROM alpine' },
    '3.14',
    /requires-python/,
  ],
  [{ Dockerfile: 'FROM python:3-slim' }, '3.13', /nothing names one/],
])('%j is for Python %s', (files, expected, because) => {
  expect(python(files)).toEqual({ python: expected, because: expect.stringMatching(because) });
});
