import { expand } from './expand';

const values: Readonly<Record<string, string>> = { A: 'value', EMPTY: '', PATH: 'a/b/c.tar.gz', STAR: 'x*y', É: 'é' };
const expanded = (text: string) => expand(text, { valueOf: (name) => values[name] }).text;

it.each([
  ['a $A ${A}b $Ab', 'a value valueb '],
  ['${NONE:-x}${NONE-x}${EMPTY:-y}${EMPTY-y}', 'xxy'],
  ['${NONE:+x}${NONE+x}${EMPTY:+y}${EMPTY+y}${A:+z}', 'yz'],
  ['${NONE:-${A}-${NONE:-deep}}', 'value-deep'],
  ['${PATH#*/}|${PATH##*/}|${PATH%.*}|${PATH%%.*}', 'b/c.tar.gz|c.tar.gz|a/b/c.tar|a/b/c'],
  ['${PATH/\\//-}|${PATH//\\//-}|${PATH/?.t/X}', 'a-b/c.tar.gz|a-b-c.tar.gz|a/b/Xar.gz'],
  ['${STAR%\\*y}|${STAR#x\\*}|${A#v.}', 'x|y|value'],
  ['\\$A \'$A\' "$A" "\\$A" "\\a"', '$A $A value $A \\a'],
  ['$1x $$ $', 'x  $'],
  ['${É}$É', 'éé'],
  ['${A:?gone}', 'value'],
])('fills in %s', (text, expected) => {
  expect(expanded(text)).toBe(expected);
});

it.each([
  ['${A', "missing '}'"],
  ['${}', 'bad substitution'],
  ['${:A}', 'bad substitution'],
  ['${A^x}', 'unsupported modifier (^)'],
  ['${A:#x}', 'unsupported modifier (:#)'],
  ['${NONE:?gone}', 'NONE: gone'],
  ['${EMPTY:?}', 'EMPTY: is not allowed'],
  ['${A/x}', 'missing'],
  ['${A#\\x}', 'invalid pattern'],
  ["'a", 'single quote'],
  ['"a', 'double quote'],
])('refuses %s', (text, words) => {
  expect(() => expanded(text)).toThrow(words);
});
