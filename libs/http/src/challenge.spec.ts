import { parseChallenges } from './challenge';

it.each([
  [undefined, []],
  ['', []],
  ['Basic realm="r"', [{ scheme: 'basic', parameters: { realm: 'r' } }]],
  [
    'Bearer realm="https://auth.example.com/token",service="registry",scope="repository:a/b:pull,push"',
    [
      {
        scheme: 'bearer',
        parameters: { realm: 'https://auth.example.com/token', service: 'registry', scope: 'repository:a/b:pull,push' },
      },
    ],
  ],
  [
    'bearer realm="x", error="invalid_token"',
    [{ scheme: 'bearer', parameters: { realm: 'x', error: 'invalid_token' } }],
  ],
  [
    'Basic realm="a, Bearer realm=b", Bearer realm="https://t.example.com/?a=1,2" , service=s',
    [
      { scheme: 'basic', parameters: { realm: 'a, Bearer realm=b' } },
      { scheme: 'bearer', parameters: { realm: 'https://t.example.com/?a=1,2', service: 's' } },
    ],
  ],
  [
    'Bearer realm="t", Basic realm="say \\"a\\""',
    [
      { scheme: 'bearer', parameters: { realm: 't' } },
      { scheme: 'basic', parameters: { realm: 'say "a"' } },
    ],
  ],
  ['Negotiate', [{ scheme: 'negotiate', parameters: {} }]],
  [
    'Negotiate, NTLM TlRMTVNTUAAB==, Basic REALM = "r"',
    [
      { scheme: 'negotiate', parameters: {} },
      { scheme: 'ntlm', parameters: {} },
      { scheme: 'basic', parameters: { realm: 'r' } },
    ],
  ],
  [
    ', ,Basic , @@@ , Bearer realm="never closed',
    [
      { scheme: 'basic', parameters: {} },
      { scheme: 'bearer', parameters: {} },
    ],
  ],
])('reads the challenges %s', (header, challenges) => {
  expect(parseChallenges(header)).toEqual(challenges);
});
