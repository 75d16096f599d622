import { dockerfileFaults } from './faults';

const digest = `sha256:${'a'.repeat(64)}`;
const commit = 'b'.repeat(40);
const use = {
  platform: 'linux/arm64',
  bases: { BASE: 'registry.example.com/python:3.13' },
  buildArgs: { VERSION: '1.2' },
  contexts: { shared: 'libs/shared' },
  secrets: { token: '/run/token' },
  ssh: {},
  allow: [],
};
const head = 'ARG BASE\nFROM ${BASE} AS app\n';
const said = (text: string, changes: object = {}) =>
  dockerfileFaults('app/Dockerfile', text, { ...use, ...changes }).faults.map(
    (fault) => `${fault.message} → ${(fault as unknown as { remedy: string }).remedy}`,
  );

it.each([
  `ADD --checksum=${digest} https://example.com/tool.tar.gz /tool/`,
  `ARG SUM=${digest} VERSION\nADD --checksum=$SUM https://example.com/tool-\${VERSION}.tar.gz /tool/`,
  `ADD https://example.com/acme/tool.git#${commit} /tool`,
  `ADD --keep-git-dir=true https://example.com/acme/tool.git#${commit}:docs /tool`,
  `ADD --checksum=${commit} git@example.com:acme/tool.git#main /tool`,
  `ADD https://example.com/acme/tool.git?branch=main&commit=${commit} /tool`,
  `ADD git://example.com/acme/tool?checksum=${commit.slice(0, 12)}#v1 /tool`,
  'ADD tool.tar.gz /tool/',
  'ADD github.com/acme/tool /tool',
  'ADD ftp://example.com/tool /tool',
  'ADD ["a file", "/tool"]',
  'ADD <<EOF /tool\nhttps://example.com\nEOF',
  'FROM scratch\nCOPY --from=shared a b',
])('lets pass what cannot move: %s', (text) => {
  const ssh = { default: '' };
  expect(said(head + text, { ssh })).toEqual([]);
});

it.each([
  [
    'ADD https://example.com/tool.tar.gz /tool/',
    'ADD --checksum=sha256:<digest> https://example.com/tool.tar.gz /tool/',
    'curl -fsSL https://example.com/tool.tar.gz | sha256sum',
  ],
  [
    'ARG VERSION\nADD --chmod=755 http://example.com/${VERSION} /t',
    'ADD --chmod=755 --checksum=',
    'http://example.com/1.2 | sha256',
  ],
  ['ADD https://example.com/a.git /a', '--checksum=<commit> https', 'git ls-remote https://example.com/a.git HEAD'],
  ['ADD https://example.com/a.git#v1:d /a', '--checksum=<commit>', 'ls-remote https://example.com/a.git v1 '],
  ['ADD https://example.com/a.git?tag=v2 /a', '--checksum=<commit>', 'ls-remote https://example.com/a.git v2 '],
  ['ADD git@example.com:a/b.git#main /a', '--checksum=<commit>', 'ls-remote git@example.com:a/b.git main'],
  ['ADD ssh://git@example.com/a/b#main /a', '--checksum=<commit>', 'ls-remote ssh://git@example.com/a/b main'],
  [`ADD --checksum=$SUM https://example.com/a /a`, 'ADD --checksum=sha256:', 'sha256sum'],
  ['ADD https://u:p@example.com/a /a', 'https://example.com/a /a', 'curl -fsSL https://example.com/a'],
  ['ENV AT=https://example.com\nADD $AT/a /a', 'ADD --checksum=sha256:<digest> $AT/a /a', 'https://example.com/a |'],
  ['ADD https://example.com/$NOBODY /a', '"ARG NOBODY"', 'buildArgs'],
  ['ADD $NOBODY /a', '"ARG NOBODY"', 'buildArgs'],
  ['ADD a https://example.com/b /c/', '--checksum', 'sha256sum'],
])('refuses what may move: %s', (text, line, look) => {
  const found = said(head + text, { ssh: { default: '' } });
  expect(found).toEqual([expect.stringMatching(/^app\/Dockerfile:[34]: ADD /)]);
  expect(found[0]).toContain(line);
  expect(found[0]).toContain(look);
});

it('asks nothing of stages that are not built, and takes values of the stage it starts from', () => {
  const text = [
    'FROM scratch AS unused',
    'ADD https://example.com/a /a',
    'RUN --security=insecure true',
    'FROM scratch AS one',
    'ARG AT=https://example.com',
    'ENV WHERE=$AT/a KIND="x y"',
    'FROM one AS two',
    'ADD $WHERE /a',
    'FROM two',
    'ADD a$NOBODY /b',
  ].join('\n');
  expect(said(text)).toEqual([
    expect.stringMatching(/^app\/Dockerfile:8: ADD \$WHERE .*curl -fsSL https:..example.com.a /),
  ]);
});

it.each([
  ['RUN --mount=type=secret,id=tokn,required true', 'there is no secret "tokn"', 'did you mean token?'],
  ['RUN --mount=type=secret,target=/run/key,required=true true', 'no secret "key"', '"secrets": { "key"'],
  ['RUN --mount=type=ssh pip install x', 'ssh agent or key "default"', '"ssh": true'],
  ['RUN --mount=type=ssh,id=deploy true', 'ssh agent or key "deploy"', '"ssh": { "deploy"'],
  [`ADD git@example.com:a/b.git#${commit} /a`, 'ssh agent or key "default"', '"ssh": true'],
  ['RUN --security=insecure true', 'the right security.insecure', '"allow": ["security.insecure"]'],
  ['RUN --network=host true', 'the right network.host', '"allow": ["network.host"]'],
  ['RUNN true', 'RUNN is no instruction', 'Did you mean RUN'],
  ['COPY ${A:^} /b', 'unsupported modifier', 'Correct the expression'],
  ['FROM $NOBODY', 'the image is blank', 'ARG NOBODY'],
  ['FROM app\nCOPY --from=nowhere/$X a b', 'fills in no variable', 'AS <stage>'],
])('finds what %s lacks', (text, what, remedy) => {
  const found = said(head + text);
  expect(found).toHaveLength(1);
  expect(found[0]).toContain(what);
  expect(found[0]).toContain(remedy);
});

it.each([
  ['RUN --mount=type=secret,id=other true', {}],
  ['RUN --mount=type=secret,id=token,required true', {}],
  ['RUN --mount=type=ssh,id=deploy true', { ssh: { deploy: '/key' } }],
  ['RUN --security=insecure --network=host true', { allow: ['security.insecure', 'network.host'] }],
  ['RUN --security=sandbox --network=none true', {}],
])('has nothing to say of %s', (text, changes) => expect(said(head + text, changes)).toEqual([]));

it('says all faults at once', () => {
  expect(said(`${head}RUNN true\nADD https://example.com/a /a\nRUN --network=host true`)).toHaveLength(3);
});

it('knows no instructions of another reader', () => {
  expect(said(`# syntax=acme/dockerfile-x@${digest}\n${head}INCLUDE x`)).toEqual([]);
});

it.each([
  ['COPY a ./b/c d/', ['a', 'b/c']],
  ['COPY . /', ['']],
  ['COPY "./a" /', ['a']],
  ['COPY ["a b", "/"]', ['a b']],
  ['COPY a* b? [c] /', [undefined, undefined, undefined]],
  ['ARG A=x\nCOPY $A/y $NOBODY /', ['x/y', undefined]],
  ['COPY <<EOF a /\nEOF', ['a']],
  ['RUN --mount=source=a,target=/a true', ['a']],
  ['RUN --mount=target=/a true', ['']],
  ['RUN --mount=type=cache,target=/a --mount=type=tmpfs,target=/b true', []],
  ['COPY --from=app a /', []],
  ['COPY ../a /', ['a']],
])('reads the paths of %s', (text, paths) => {
  expect(dockerfileFaults('Dockerfile', head + text, use).taken.map(({ path }) => path)).toEqual(paths);
});
