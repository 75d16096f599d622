/** JSON that people wrote, in the tree of a generator: comments, order and indentation stay as they are. */
import type { Tree } from '@nx/devkit';
import { CiCacheError } from '@nx-ci-cache/process';
import { applyEdits, findNodeAtLocation, modify, parse, parseTree, type JSONPath, type ParseError } from 'jsonc-parser';

/** Undefined when there is no such file. @throws CiCacheError `OptionInvalid` when it is no JSON. */
export const readJsonText = <Value>(tree: Tree, file: string): Value | undefined => {
  const text = tree.read(file, 'utf8');
  if (text === null) return undefined;
  const errors: ParseError[] = [];
  const value = parse(text, errors, { allowTrailingComma: true }) as Value;
  if (errors.length === 0) return value;
  throw new CiCacheError('OptionInvalid', `${file} is no JSON`, { remedy: `Correct ${file}.` });
};

/** Sets one value; an undefined one is taken away. The file must be there. */
export const setInJson = (tree: Tree, file: string, at: JSONPath, value: unknown): void => {
  const text = tree.read(file, 'utf8') ?? '';
  const edits = modify(text, at, value, { formattingOptions: indentationOf(text) });
  tree.write(file, applyEdits(text, edits));
};

/** Adds an item to a list, which is made where there is none; in a list on one line it stays on that line. */
export const addToJson = (tree: Tree, file: string, at: JSONPath, item: unknown): void => {
  const text = tree.read(file, 'utf8') ?? '';
  const root = parseTree(text, [], { allowTrailingComma: true });
  const list = root && findNodeAtLocation(root, at);
  const [first] = list?.children ?? [];
  const last = list?.children?.at(-1);
  if (!list || !first || !last) return setInJson(tree, file, at, [item]);
  const lead = text.slice(list.offset + 1, first.offset);
  const end = last.offset + last.length;
  const between = lead.includes('\n') ? `,\n${/[ \t]*$/.exec(lead)?.[0] ?? ''}` : ', ';
  tree.write(file, `${text.slice(0, end)}${between}${JSON.stringify(item)}${text.slice(end)}`);
};

const indentationOf = (text: string) => {
  const [, indentation = '  '] = /^([ \t]+)"/m.exec(text) ?? [];
  const insertSpaces = !indentation.startsWith('\t');
  return { insertSpaces, tabSize: insertSpaces ? indentation.length : 1, eol: text.includes('\r\n') ? '\r\n' : '\n' };
};
