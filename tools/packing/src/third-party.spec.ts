import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { thirdParty } from './third-party';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'third-party-'));
});
afterEach(() => rmSync(home, { recursive: true }));

/** A package as it lies in node_modules: the path of the code of it that is bundled. */
const planted = (name: string, license: string | undefined, ...texts: string[]): string => {
  const folder = join(home, 'node_modules', name);
  const files = { 'package.json': JSON.stringify({ name, version: '1.2.3', license }), 'lib/index.js': '' };
  for (const [path, text] of [...Object.entries(files), ...texts.map((file) => [file, `The ${file} of ${name}`])]) {
    mkdirSync(dirname(join(folder, path as string)), { recursive: true });
    writeFileSync(join(folder, path as string), text as string);
  }
  return join(folder, 'lib/index.js');
};

it('quotes every licence and notice once, however many files of a package are bundled', () => {
  const one = planted('@scope/one', 'MIT', 'LICENSE.md', 'NOTICE');
  const text = thirdParty([planted('two', 'ISC', 'LICENCE'), one, one, join(home, 'src/ours.ts')]);
  expect(text.match(/^## .*/gm)).toEqual(['## @scope/one 1.2.3', '## two 1.2.3']);
  for (const file of ['LICENSE.md of @scope/one', 'NOTICE of @scope/one', 'LICENCE of two'])
    expect(text.split(`\`\`\`text\nThe ${file}\n\`\`\``)).toHaveLength(2);
});

it.each<[what: string, license: string | undefined, files: string[]]>([
  ['names no licence', undefined, ['LICENSE']],
  ['has no text of it', 'MIT', []],
  ['has a notice only', 'Apache-2.0', ['NOTICE']],
])('ends the build over a package that %s', (_what, license, files) => {
  const inputs = [planted('well', 'MIT', 'LICENSE'), planted('bare', license, ...files)];
  expect(() => thirdParty(inputs)).toThrow(/node_modules\/bare says no licence, or has no text of it/);
});
