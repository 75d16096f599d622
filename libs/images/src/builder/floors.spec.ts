import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildxFault, nodeVersionFault, oldest } from './floors';

it.each([
  ['github.com/docker/buildx v0.38.2 0123abc', undefined],
  ['github.com/docker/buildx v0.38.10-desktop.1 0123abc', undefined],
  ['github.com/docker/buildx v1.0.0 0123abc', undefined],
  ['github.com/docker/buildx  ', undefined],
  ['github.com/docker/buildx v0.38.1 0123abc', 'buildx v0.38.1 is too old: at least 0.38.2 is needed'],
  ['github.com/docker/buildx 0.9.1+azure-2 0123abc', 'buildx 0.9.1+azure-2 is too old: at least 0.38.2 is needed'],
])('judges %j', (said, message) => {
  expect(buildxFault(said)?.message).toBe(message);
});

const node = (endpoint: string, version: string) => nodeVersionFault('b', { name: 'n', endpoint, version });

it('says of a node what was found, what is needed and how to get there', () => {
  expect(node('unix:///n', 'v0.34.2')).toBeUndefined();
  expect(node('unix:///n', 'dev')).toBeUndefined();
  expect(nodeVersionFault('b', { name: 'n', endpoint: 'unix:///n' })).toBeUndefined();
  expect(node('unix:///n', 'v0.34.1')).toMatchObject({
    code: 'BuilderUnfit',
    message: 'node n of builder b has BuildKit v0.34.1, which is too old: at least 0.34.2 is needed',
    remedy: 'Install BuildKit 0.34.2 or newer behind unix:///n and start it anew.',
  });
  expect(node('desktop-linux', 'v0.20.0')?.remedy).toContain('docker buildx rm --keep-state b');
});

it('needs no more than what everything here was tested with', () => {
  const versions = readFileSync(join(__dirname, '../../../../tools/versions.env'), 'utf8');
  const tested = (name: string) => new RegExp(`^${name}_VERSION=v(.+)$`, 'm').exec(versions)?.[1];
  expect(oldest).toEqual({ buildx: tested('BUILDX'), buildkit: tested('BUILDKIT') });
});
