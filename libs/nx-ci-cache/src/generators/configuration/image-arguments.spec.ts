import { fixedPythons, imageArguments } from './image-arguments';

it.each<[dockerfile: string, buildArgs: Readonly<Record<string, string>>]>([
  ['ARG PYTHON_VERSION=3.14-bookworm\nFROM python:$PYTHON_VERSION\n', { PYTHON_VERSION: '{python}-bookworm' }],
  ['ARG PYTHON="3.12.4"\nFROM python:${PYTHON}-slim\n', { PYTHON: '{python}' }],
  ['ARG PYTHON_VERSION\nFROM python:$PYTHON_VERSION\n', { PYTHON_VERSION: '{python}' }],
  ['ARG PYTHON_VERSION=latest\nFROM python:$PYTHON_VERSION\n', {}],
])('gives the Python as %j takes it', (dockerfile, buildArgs) => {
  expect(imageArguments('Dockerfile', dockerfile, 'base').buildArgs).toEqual(buildArgs);
});

it.each([
  ['FROM python:3.13-slim', 'python:3.13-slim', '3.13'],
  ['FROM --platform=$BUILDPLATFORM docker.io/python:3.14.7 AS x', 'python:3.14.7', '3.14'],
  ['FROM ghcr.io/astral-sh/uv:0.11.32-python3.12-trixie-slim AS base', 'uv:0.11.32-python3.12-trixie-slim', '3.12'],
])('finds the Python of %j', (dockerfile, image, python) => {
  expect(fixedPythons('Dockerfile', dockerfile)).toEqual([{ line: 1, image, python }]);
});
