/** What writes outside of the checkout is spelled in one function each, and that one demands a grant: there is no other way. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSourceFile, isVariableStatement, ScriptTarget, type Statement } from 'typescript';
import { readSources } from './sources';

const product = ['plugin', 'step', 'config', 'records', 'way-out', 'process'];
const statements = readSources()
  .filter(({ file, project }) => product.includes(project.layer) && !/\/testing\/|\.testing\.ts$/.test(file))
  .flatMap(({ file }) => {
    const source = createSourceFile(file, readFileSync(join(__dirname, '../../..', file), 'utf8'), ScriptTarget.Latest);
    return source.statements.map((statement) => ({ file, name: nameOf(statement), text: statement.getText(source) }));
  });

function nameOf(statement: Statement): string {
  const [declared] = isVariableStatement(statement) ? statement.declarationList.declarations : [];
  return declared !== undefined && 'text' in declared.name ? declared.name.text : 'no function';
}

/** Who demands a grant, or is known to none but its own file, among those that spell `words`. */
const spelling = (words: RegExp) =>
  statements
    .filter(({ text }) => words.test(text))
    .map(({ file, name, text }) => {
      const [, grant = text.startsWith('export') ? 'anybody' : 'its file'] =
        /_grant: (\w+(?:<'\w+'>)?)/.exec(text) ?? [];
      return `${file} ${name} for ${grant}`;
    });

const pushRight = 'libs/images/src/registry/push-right.ts';
const build = 'libs/images/src/leg/arguments.ts';

it.each<[what: string, words: RegExp, where: string[]]>([
  [
    'git push, and one that writes nothing',
    /[[,]\s*'(?:push|send-pack)',/,
    [
      "libs/branch/src/git/argv.ts pushArgs for Grant<'constraints'>",
      'libs/branch/src/git/argv.ts tryPushArgs for anybody',
    ],
  ],
  ['a pushed image', /\bpush: 'true'|\bpush=true|'--push'/, [`${build} buildArguments for Grant<'legs'>`]],
  ['a cache', /--cache-to/, [`${build} cacheTo for its file`]],
  ['what writes a cache', /\bcacheTo\(/, [`${build} buildArguments for Grant<'legs'>`]],
  ['a tag', /'imagetools'/, ['libs/images/src/registry/imagetools.ts createIndexArguments for TagGrant']],
  ['a request that writes', /method: '(?:PUT|PATCH)'/i, []],
  [
    'a removal, and the end of an upload that holds nothing',
    /method: 'DELETE'/i,
    [`${pushRight} cancelled for its file`, "libs/images/src/registry/removal.ts registryRemoval for Grant<'removal'>"],
  ],
  [
    'a request with a body, and the beginning of an upload',
    /method: 'POST'/,
    ['libs/images/src/registry/authorize.ts tokenRequest for its file', `${pushRight} begun for its file`],
  ],
])('%s is spelled in one place', (_what, words, where) => {
  expect(spelling(words)).toEqual(where);
});

it('a push without a grant writes nothing', () => {
  const [tried] = statements.filter(({ name }) => name === 'tryPushArgs');
  expect(tried?.text).toContain("['push', '--dry-run',");
});

it('a grant for a tag is one of three', () => {
  const [declared] = statements.filter(({ text }) => text.startsWith('export type TagGrant'));
  expect(declared?.text).toBe("export type TagGrant = Grant<'legs'> | Grant<'fixedTags'> | Grant<'movingTag'>;");
});
