import { permissionOf, type Grant } from '@nx-ci-cache/records';
import { commitTreeArgs, fetchCommitArgs, lsRemoteArgs, pushArgs, updateIndexArgs } from './argv';

const oid = 'a'.repeat(40);
const ref = 'refs/heads/constraints-main';
const grant = permissionOf({}).constraints as Grant<'constraints'>;

it('pushes one id to one full ref, under a lease on exactly what was read', () => {
  expect(pushArgs(ref, oid, 'b', grant)).toEqual(expect.arrayContaining([`--force-with-lease=${ref}:b`]));
  expect(pushArgs(ref, oid, null, grant)).toContain(`--force-with-lease=${ref}:`);
  expect(pushArgs(ref, oid, null, grant).slice(-3)).toEqual(['--', 'target', `${oid}:${ref}`]);
  expect(pushArgs(ref, oid, null, grant)).toEqual(expect.arrayContaining(['--porcelain', '--no-verify']));
});

it('never deletes: a push of no id would', () => {
  expect(() => pushArgs(ref, '', oid, grant)).toThrow(/commit = ""/);
});

it('names the remote and refs behind -- only', () => {
  for (const args of [lsRemoteArgs(ref), fetchCommitArgs(oid)]) {
    expect(args.slice(0, args.indexOf('--')).join(' ')).not.toMatch(/target|refs\//);
  }
});

it('fetches one commit shallow and without contents', () => {
  expect(fetchCommitArgs(oid)).toEqual(expect.arrayContaining(['--depth=1', '--filter=blob:none']));
  expect(fetchCommitArgs(oid)[0]).toBe('fetch');
});

it('writes plain files only, and a first commit without a parent', () => {
  expect(updateIndexArgs({ 'a.txt': oid })).toEqual(['update-index', '--add', '--cacheinfo', `100644,${oid},a.txt`]);
  expect(updateIndexArgs({}, ['-b.txt'])).toEqual(['update-index', '--add', '--force-remove', '--', '-b.txt']);
  expect(commitTreeArgs('t', null, '/m')).toEqual(['commit-tree', '--no-gpg-sign', '-F', '/m', 't']);
  expect(commitTreeArgs('t', 'p', '/m')).toEqual(['commit-tree', '--no-gpg-sign', '-p', 'p', '-F', '/m', 't']);
});

it('signs only with a key it is given, whatever the configuration says', () => {
  expect(commitTreeArgs('t', null, '/m', '/key').slice(0, 6)).toEqual([
    '-c',
    'gpg.format=ssh',
    '-c',
    'user.signingKey=/key',
    'commit-tree',
    '-S',
  ]);
});
