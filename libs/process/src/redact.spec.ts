import { credentialsIn, redact } from './redact';

const secret = 'ca%nary+K/9z"Q?>~';
const base64 = (text: string) => Buffer.from(text).toString('base64');

it.each([
  ['plain', secret],
  ['JSON', JSON.stringify({ a: secret })],
  ['JSON amid text', JSON.stringify(`a ${secret} b`)],
  ['percent', encodeURIComponent(secret)],
  ['percent in lower case', encodeURIComponent(secret).toLowerCase().replace('k', 'K').replace('q', 'Q')],
  ['hexadecimal', Buffer.from(secret).toString('hex')],
  ['hexadecimal in upper case', Buffer.from(secret).toString('hex').toUpperCase()],
  ['base64', base64(secret)],
  ['base64 for URLs', Buffer.from(secret).toString('base64url')],
  ...['', 'u', 'us', 'x-access-token'].map((user) => [`base64 with the user "${user}"`, base64(`${user}:${secret}`)]),
  ...['', 'u', 'us'].map((user) => [`base64url amid text after "${user}"`, base64(`${user}:${secret} and more`)]),
])('finds a secret spelled as %s', (_name, text = '') => {
  const clean = redact(`before ${text} after`, [secret]);
  expect(clean).toContain('***');
  expect(clean).toMatch(/^before .*after$/);
  // What is left decodes to less than the secret: at most the bytes that share a letter with its neighbours.
  expect(clean.replace(/^before (.*) after$/, '$1').replace('***', '').length).toBeLessThan(text.length / 2 + 12);
  expect(clean).not.toContain(text);
});

it('leaves no half of a longer spelling behind', () => {
  expect(redact(base64('12345678'), ['12345678'])).toBe('***');
  expect(redact('Pj4-Pj4-Pj4-', ['>>>>>>>>>'])).toBe('***');
  expect(redact('abcdefghij', ['abcdefgh', 'abcdefghij'])).toBe('***');
});

it('cuts user info out of every URL', () => {
  expect(redact('see https://me:pw@host/x and git+ssh://you@host.', [])).toBe(
    'see https://***@host/x and git+ssh://***@host.',
  );
  expect(redact('mail me@host, not https://host/a@b', [])).toBe('mail me@host, not https://host/a@b');
  expect(redact('http://bob:p@ss@word@proxy:80/@a http://p@h me@host', [])).toBe(
    'http://***@proxy:80/@a http://***@h me@host',
  );
});

describe('secrets of an environment', () => {
  it.each<[string, string | undefined, string[]]>([
    ['GITHUB_TOKEN', 'long-enough', ['long-enough']],
    ['Db_Password', 'eight888', ['eight888']],
    ['SHORT_TOKEN', 'seven77', []],
    ['PLAIN', 'long-enough', []],
    ['GIT_CONFIG_VALUE_0', 'X-Key: long-enough', ['long-enough']],
    ['GIT_CONFIG_VALUE_12', 'Authorization: Bearer long-enough', ['long-enough']],
    ['GIT_CONFIG_VALUE_0', `authorization: basic ${base64('user:p:assword')}`, [base64('user:p:assword'), 'p:assword']],
    ['GIT_CONFIG_VALUE_0', '/etc/ssl/certs/ca-certificates.crt', []],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'api-key=long-enough,b=seven77', ['long-enough']],
    [
      'OTEL_EXPORTER_OTLP_TRACES_HEADERS',
      'authorization=Bearer%20long-enough',
      ['Bearer%20long-enough', 'long-enough'],
    ],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'https://traces.example.com', []],
    ['MY_GIT_CONFIG_VALUE_0', 'X-Key: long-enough', []],
    ['GIT_CONFIG_VALUE_x', 'X-Key: long-enough', []],
    ['GIT_CONFIG_VALUE_0x', 'X-Key: long-enough', []],
    ['GIT_CONFIG_VALUE_0', 'X-Key:long-enough', ['long-enough']],
    ['GIT_CONFIG_VALUE_0', 'X-Key:  long-enough', ['long-enough']],
    ['GIT_CONFIG_VALUE_0', 'Authorization: Bearer  long-enough', ['long-enough']],
    ['GIT_CONFIG_VALUE_0', 'a sentence: of long-enough words', []],
    ['GIT_CONFIG_VALUE_0', 'sentence: of long-enough words', ['long-enough']],
    ['GIT_CONFIG_VALUE_0', 'X: long-enough ', ['long-enough']],
    [
      'GIT_CONFIG_VALUE_0',
      'Cookie: o=git-me=long-value; session=long-enough; z=1',
      [
        'o=git-me=long-value;',
        'session=long-enough;',
        'o=git-me=long-value',
        'git-me=long-value',
        'long-value',
        'session=long-enough',
        'long-enough',
      ],
    ],
    ['GIT_CONFIG_VALUE_0', 'Cookie: a=1;b=long-enough', ['a=1;b=long-enough', 'b=long-enough', 'long-enough']],
    ['GIT_CONFIG_VALUE_0', 'A: Digest r="long-enough",', ['r="long-enough",', 'long-enough']],
    ['A_TOKEN', ' long-enough\n', ['long-enough']],
    ['A_TOKEN', '  seven77 ', []],
    ['GIT_CONFIG_VALUE_0', 'no header: long-enough', []],
    ...['Bearer', 'Basics', 'NotBasi'].map((scheme): [string, string, string[]] => [
      'GIT_CONFIG_VALUE_0',
      `X: ${scheme} ${base64('user:long-enough')}`,
      [base64('user:long-enough')],
    ]),
    ['HTTPS_PROXY', 'http://bob:pa/ss@word@proxy:8080', ['pa/ss@word']],
    ['all_proxy', 'socks5h://bob:pass:word@proxy', ['pass:word']],
    ['http_proxy', 'bob:long-enough@proxy:8080', ['long-enough']],
    ['http_proxy', ':long-enough@proxy:8080', ['long-enough']],
    ['HTTPS_PROXY', 'http://b%40b:p%40ssword@proxy', ['p%40ssword', 'p@ssword']],
    ['HTTPS_PROXY', 'http://bob:100%-certain@proxy', ['100%-certain']],
    ['HTTPS_PROXY', 'http://somebody@proxy.example:8080', []],
    ['HTTPS_PROXY', 'http://somebody@proxy.example:8080/path@x', []],
    ['HTTPS_PROXY', 'http://proxy.example:8080', []],
    ['HTTPS_PROXY', '//bob:seven77@proxy', []],
    ['PROXY_HTTPS', 'http://bob:long-enough@proxy', []],
    ['HTTP_PROXY_URL', 'http://bob:long-enough@proxy', []],
    ['GIT_CONFIG_VALUE_0', 'git+http://bob:pa/ss-word@proxy', ['pa/ss-word']],
    ['GIT_CONFIG_VALUE_0', 'https://host.example/path', []],
    ['GIT_CONFIG_VALUE_0', 'X-Key: https://bob:long-enough@host', ['https://bob:long-enough@host']],
    ['A_TOKEN', undefined, []],
  ])('%s=%s', (name, value, secrets) => {
    expect(credentialsIn({ [name]: value })).toEqual(secrets);
  });

  it('leave nothing of a raw password in a URL or beside it', () => {
    const secrets = credentialsIn({ https_proxy: 'http://bob:pa/ss-word@proxy:8080' });
    expect(redact('via http://bob:pa/ss-word@proxy:8080, as pa%2Fss-word', secrets)).toBe(
      'via http://***@proxy:8080, as ***',
    );
  });

  it('is this process, unless told otherwise', () => {
    process.env['REDACT_SPEC_TOKEN'] = 'only-in-this-spec';
    try {
      expect(redact('x only-in-this-spec x')).toBe('x *** x');
    } finally {
      delete process.env['REDACT_SPEC_TOKEN'];
    }
  });
});
