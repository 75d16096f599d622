import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { parse } from 'jsonc-parser';
import { matchesSchema } from '@nx-ci-cache/config/src/schema-check';
import { compiledSchema } from './compiled-schema';

type Check = Pick<typeof matchesSchema, 'errors'> & ((value: unknown) => boolean);

describe('the schema as code', () => {
  const root = join(__dirname, '../../..');
  const sound = parse(readFileSync(join(root, 'apps/ci-cache/ci-cache.json'), 'utf8'));
  let parts: readonly string[];
  let compiled: Check;

  beforeAll(async () => {
    const { outputFiles, metafile } = await build({
      entryPoints: [join(root, 'libs/config/src/schema-check.ts')],
      plugins: [compiledSchema],
      bundle: true,
      platform: 'node',
      format: 'cjs',
      write: false,
      metafile: true,
    });
    parts = Object.keys(metafile.inputs);
    const module = { exports: {} as { matchesSchema: Check } };
    new Function('module', 'require', outputFiles[0]?.text ?? '')(module, require);
    compiled = module.exports.matchesSchema;
  });

  it('needs no compiler at run time', () => {
    expect(parts).toContain('libs/config/src/schema-check.ts');
    expect(parts.filter((path) => path.includes('ajv/dist/compile'))).toEqual([]);
  });

  it.each([
    ['a sound file', sound],
    ['an empty file', {}],
    ['an unknown key', { ...sound, pythnos: [] }],
    ['an ill-formed Python', { ...sound, pythons: ['3'] }],
    ['a value of another type', { ...sound, push: 'main' }],
    ['no object', []],
  ])('says of %s what the compiler would say', (_name, value) => {
    const answer = (check: Check) => [check(value), check.errors];
    expect(answer(compiled)).toEqual(answer(matchesSchema));
  });
});
