import { baseImages } from '../dockerfile/base-images';
import { testSpec } from '../testing/leg';
import { emptyConstraints, freezeArguments, frozenSpec } from './arguments';
import { canonicalFreeze } from './canonical';
import { freezeDockerfile, isOwnStep } from './dockerfile';

const place = {
  builder: 'ci_cache',
  staged: {
    context: '/t/context-1',
    constraints: '/t/constraints-1',
    contexts: {},
    dockerfile: '/t/dockerfile-1/Dockerfile',
  },
  images: { bases: { BASE: 'registry.example.com/base@sha256:0' }, contexts: {} },
  metadataFile: '/t/metadata.json',
};

describe('a build that is frozen', () => {
  const spec = frozenSpec(testSpec({ buildArgs: { MODE: 'x' } }), '3.11', '2026-05-01T00:00:00Z');

  it('is the leg with the cut-off as a build argument and every constraint file empty', () => {
    expect(spec).toMatchObject({
      name: 'build-image--3.11',
      buildArgs: { MODE: 'x', CI_CACHE_CUTOFF: '2026-05-01T00:00:00Z' },
    });
    expect(emptyConstraints(spec)).toEqual({ 'constraints-3.11.txt': '' });
  });

  it.each([
    ['r.example.com/cache:main', ' --cache-from type=registry,ref=r.example.com/cache:main'],
    [undefined, ''],
  ])('exports a folder and nothing else, importing the cache: %s', (importedCache, cacheFrom) => {
    expect(freezeArguments(spec, place, '/t/exported', importedCache).join(' ')).toBe(
      'build --builder ci_cache --platform linux/amd64 --provenance=false --progress=rawjson ' +
        '--metadata-file /t/metadata.json --build-arg MODE=x --build-arg CI_CACHE_CUTOFF=2026-05-01T00:00:00Z ' +
        '--build-arg BASE=registry.example.com/base@sha256:0 --build-context constraints=/t/constraints-1 ' +
        `--file /t/dockerfile-1/Dockerfile --output type=local,dest=/t/exported${cacheFrom} /t/context-1`,
    );
  });
});

describe('freezeDockerfile', () => {
  const spec = testSpec({ bases: { BASE: 'registry.example.com/base' } });

  it.each([
    ['one stage', 'ARG BASE\nFROM ${BASE}\nRUN true', 0],
    ['a stage with a name, and no last line feed missing', 'FROM scratch AS a\nFROM a AS b\nRUN true\n', 1],
    ['a heredoc that looks like a stage', 'FROM scratch\nRUN <<END\nFROM nothing\nEND\n', 0],
  ])('appends its steps to %s', (_case, text, last) => {
    const made = freezeDockerfile(spec, text, 'uv pip freeze');
    expect(made).toBe(
      `${text.trimEnd()}\nCOPY --chmod=666 <<NX_CI_CACHE /nx-ci-cache-freeze.txt\nNX_CI_CACHE\n` +
        'ENV UV_NO_CACHE=1\nRUN uv pip freeze > /nx-ci-cache-freeze.txt\n' +
        `FROM scratch\nCOPY --from=${last} /nx-ci-cache-freeze.txt /freeze.txt\n`,
    );
    expect(baseImages('Dockerfile', made, spec)).toEqual({ contexts: {} });
  });

  it('appends them to the stage that is the image, and leaves what follows', () => {
    const text = 'FROM scratch AS a\nRUN true\n\nFROM a AS b\nRUN false\n';
    expect(freezeDockerfile({ ...spec, target: 'A' }, text, 'list')).toBe(
      'FROM scratch AS a\nRUN true\n\nCOPY --chmod=666 <<NX_CI_CACHE /nx-ci-cache-freeze.txt\nNX_CI_CACHE\n' +
        'ENV UV_NO_CACHE=1\nRUN list > /nx-ci-cache-freeze.txt\nFROM a AS b\nRUN false\n' +
        'FROM scratch\nCOPY --from=0 /nx-ci-cache-freeze.txt /freeze.txt\n',
    );
  });

  it.each([
    ['any stage', '# nothing\n', {}, /there is no FROM/],
    ['the stage that is the image', 'FROM scratch AS runtime\n', { target: 'rumtime' }, /there is no stage "rumtime"/],
  ])('refuses a Dockerfile without %s', (_case, text, target, words) => {
    expect(() => freezeDockerfile({ ...spec, ...target }, text, 'x')).toThrow(words);
  });
});

describe('isOwnStep', () => {
  it.each([
    ['[stage-0 2/7] RUN make', true],
    ['[1/2] COPY a /a', true],
    ['[stage-0 6/7] RUN uv pip freeze > /nx-ci-cache-freeze.txt', false],
    ['[stage-0] preparing inline document', false],
  ])('of %s', (name, own) => {
    expect(isOwnStep({ name })).toBe(own);
  });
});

describe('canonicalFreeze', () => {
  it.each([
    ['b==1\r\na==1\n', 'a==1\nb==1\n'],
    ['# Editable install with no version control (a==1)\n-e /src\n\nB==1\na==1', '-e /src\nB==1\na==1\n'],
    ['\n', ''],
  ])('of %j is %j', (printed, canonical) => {
    expect(canonicalFreeze(printed)).toBe(canonical);
  });
});
