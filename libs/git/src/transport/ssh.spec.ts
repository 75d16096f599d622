import fc from 'fast-check';
import { sshCommand } from './ssh';

it('checks host keys and asks nobody, whatever the configuration of the user says', () => {
  const command = sshCommand();
  expect(command).toMatch(/^ssh -F \/dev\/null -o /);
  expect(command).toContain('-o StrictHostKeyChecking=yes');
  expect(command).toContain('-o BatchMode=yes');
  expect(command).not.toContain('IdentityFile');
});

it('takes one key and one list of hosts, and then no other', () => {
  const command = sshCommand({ keyFile: '/run/secrets/deploy_key', knownHostsFile: '/etc/ci/known_hosts' });
  expect(command).toContain('-o IdentitiesOnly=yes -o IdentityFile=/run/secrets/deploy_key');
  expect(command).toContain('-o UserKnownHostsFile=/etc/ci/known_hosts -o GlobalKnownHostsFile=/dev/null');
});

it.each([
  'relative/key',
  '/a b',
  '/a;id',
  '/$(id)',
  '/`id`',
  "/a'b",
  '/a"b',
  '/a\n',
  '/a\\b',
  '/%h',
  '/~x',
  '',
  '-----BEGIN OPENSSH PRIVATE KEY-----\ncanary-canary\n',
])('refuses the path %j without showing it', (path) => {
  for (const files of [{ keyFile: path }, { knownHostsFile: path }]) {
    expect(() => sshCommand(files)).toThrow(/request: ssh\.[^]*allowed: the absolute path/);
    expect(() => sshCommand(files)).not.toThrow(/canary/);
  }
});

it('hands a shell nothing but plain words, whatever it is given', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
      try {
        expect(sshCommand({ keyFile: `/${text}` })).toMatch(/^[A-Za-z0-9._@+=,/ -]+$/);
      } catch (error) {
        expect(error).toMatchObject({ code: 'OptionInvalid' });
      }
    }),
    { numRuns: 1000, seed: 5 },
  );
});
