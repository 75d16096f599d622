/** The kinds of errors, from the type that names them, where each says what it is for. */
import ts from 'typescript';
import { code, page, table } from './markdown';

/** @param source text of libs/process/src/errors.ts. */
export const errorsPage = (source: string): string =>
  page(
    'Errors and exit codes',
    'libs/process/src/errors.ts',
    'The exit code alone says whether a target failed: 0 or 1, [by its result](executors.md). Every error that is foreseen begins with its kind, says what happened, and ends with an arrow and what to do; `refresh.json` shows it at its step. [By message](../troubleshooting.md).',
    table(
      ['kind', 'what went wrong'],
      kindsOf(source).map(([kind, meaning]) => [code(kind), meaning]),
    ),
    'Another error is a mistake of ours, or of what lies below us: it keeps its own words.',
  );

const kindsOf = (text: string): [kind: string, meaning: string][] => {
  const file = ts.createSourceFile('errors.ts', text, ts.ScriptTarget.Latest, true);
  const union = file.statements.filter(ts.isTypeAliasDeclaration).find(({ name }) => name.text === 'CiCacheErrorCode');
  if (union === undefined || !ts.isUnionTypeNode(union.type))
    throw new Error('errors.ts has no union CiCacheErrorCode');
  return union.type.types.map((type, at, all) => {
    // A formatter puts the comment before the bar, which belongs to no member.
    const before = text.slice(all[at - 1]?.end ?? union.type.pos, type.getStart());
    const [, meaning] = /\/\*\* (.*?) \*\//s.exec(before) ?? [];
    if (meaning === undefined) throw new Error(`errors.ts: ${type.getText()} does not say what it is for`);
    return [type.getText().replaceAll("'", ''), meaning];
  });
};
