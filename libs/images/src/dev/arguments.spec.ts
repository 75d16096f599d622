import { testSpec } from '../testing/leg';
import { devArguments, type DevOutput } from './arguments';

const place = {
  builder: 'local',
  staged: { context: '/tmp/context', constraints: '/tmp/constraints', contexts: {}, dockerfile: '/tmp/Dockerfile' },
  images: { bases: {}, contexts: {} },
  metadataFile: '/tmp/metadata.json',
};
const argv = (output: DevOutput, importedCache?: string) =>
  devArguments(
    testSpec({ target: 'deps', output: { labels: { a: 'b' } } }),
    place,
    output,
    'localhost/app/ci:3.11',
    importedCache,
  );

it.each<[DevOutput, string]>([
  [{ kind: 'engine' }, 'type=docker,name=localhost/app/ci:3.11'],
  [{ kind: 'archive', path: '/tmp/ci.tar' }, 'type=docker,dest=/tmp/ci.tar,name=localhost/app/ci:3.11'],
  [{ kind: 'archive', path: '/tmp/a,b.tar' }, 'type=docker,"dest=/tmp/a,b.tar",name=localhost/app/ci:3.11'],
  [{ kind: 'layout', path: '/tmp/ci' }, 'type=oci,tar=false,dest=/tmp/ci'],
])('%j goes out as %s', (output, expected) => {
  const args = argv(output);
  expect(args[args.indexOf('--output') + 1]).toBe(expected);
});

it('has the target and the labels of the leg, starts from its cache, and writes nothing that others read', () => {
  const args = argv({ kind: 'engine' }, 'registry.example.com/cache:ci');
  expect(args.join(' ')).toMatch(
    /--target deps --label a=b .*--cache-from type=registry,ref=registry.example.com\/cache:ci \/tmp\/context$/,
  );
  expect(argv({ kind: 'engine' })).not.toContain('--cache-from');
  expect(args.filter((each) => /push|cache-to|imagetools/.test(each))).toEqual([]);
});
