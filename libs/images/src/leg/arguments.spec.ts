import { permissionOf, type Grant } from '@nx-ci-cache/records';
import { testSpec } from '../testing/leg';
import { buildArguments } from './arguments';

const grant = permissionOf({ push: 'pushed' }).legs as Grant<'legs'>;

const place = {
  builder: 'ci_cache',
  staged: {
    context: '/t/context-1',
    constraints: '/t/constraints-2',
    contexts: {},
    dockerfile: '/t/dockerfile-3/Dockerfile',
  },
  images: { bases: { BASE: 'registry.example.com/base:1@sha256:b' }, contexts: {} },
  metadataFile: '/t/metadata.json',
};
const cache = 'registry.example.com/acme/ci-cache:ci-3.11-linux-amd64';

it('is one argv per leg, and nothing else', () => {
  const spec = testSpec({ buildArgs: { MODE: 'a b' }, secrets: { pip: '/run/pip.conf' } });
  expect(buildArguments(spec, place, { importedCache: cache, exportCache: true }, grant)).toEqual([
    ...['build', '--builder', 'ci_cache', '--platform', 'linux/amd64', '--provenance=false', '--progress=rawjson'],
    ...['--metadata-file', '/t/metadata.json', '--build-arg', 'MODE=a b'],
    ...['--build-arg', 'BASE=registry.example.com/base:1@sha256:b'],
    ...['--build-context', 'constraints=/t/constraints-2', '--secret', 'id=pip,src=/run/pip.conf'],
    ...['--file', '/t/dockerfile-3/Dockerfile', '--output'],
    'type=image,name=registry.example.com/acme/ci,push-by-digest=true,name-canonical=true,push=true,oci-mediatypes=true',
    ...['--cache-from', `type=registry,ref=${cache}`, '--cache-to'],
    `type=registry,ref=${cache},mode=max,image-manifest=true,oci-mediatypes=true`,
    '/t/context-1',
  ]);
});

it('gives images that the Dockerfile itself names with the digests this run saw', () => {
  const contexts = { 'python:3.13-slim': 'docker.io/library/python:3.13-slim@sha256:p' };
  const images = { ...place.images, contexts, syntax: 'docker.io/docker/dockerfile:1@sha256:d' };
  const args = buildArguments(testSpec(), { ...place, images }, { exportCache: true }, grant);
  expect(args).toContain('python:3.13-slim=docker-image://docker.io/library/python:3.13-slim@sha256:p');
  expect(args).toContain('BUILDKIT_SYNTAX=docker.io/docker/dockerfile:1@sha256:d');
});

it('ends with the stage that is the image, where one is named', () => {
  const args = buildArguments(testSpec({ target: 'runtime' }), place, { exportCache: true }, grant);
  expect(args.slice(args.indexOf('--target'))[1]).toBe('runtime');
});

it('names sockets, keys and rights, and holds nothing of them', () => {
  const spec = testSpec({ ssh: { default: '', deploy: '/keys/deploy' }, allow: ['network.host'] });
  const args = buildArguments(spec, place, { exportCache: true }, grant);
  expect(args.slice(args.indexOf('--ssh'), args.indexOf('--file'))).toEqual([
    ...['--ssh', 'default', '--ssh', 'deploy=/keys/deploy', '--allow', 'network.host'],
  ]);
});

it('gives each named context its folder', () => {
  const staged = { ...place.staged, contexts: { shared: '/t/context-shared-4', docs: '/t/context-docs-5' } };
  const args = buildArguments(testSpec(), { ...place, staged }, { exportCache: true }, grant);
  expect(args.filter((_arg, at) => args[at - 1] === '--build-context')).toEqual([
    ...['constraints=/t/constraints-2', 'shared=/t/context-shared-4', 'docs=/t/context-docs-5'],
  ]);
});

it('imports no cache that does not exist', () => {
  expect(buildArguments(testSpec(), place, { exportCache: true }, grant)).not.toContain('--cache-from');
});

it('leaves the cache ref as it is when nothing may take its place', () => {
  const caches = { importedCache: cache, exportCache: false };
  expect(buildArguments(testSpec(), place, caches, grant)).not.toContain('--cache-to');
});

it('quotes a path with a comma as buildx reads it', () => {
  const args = buildArguments(testSpec({ secrets: { a: '/x,"y"' } }), place, { exportCache: true }, grant);
  expect(args).toContain('id=a,"src=/x,""y"""');
});
