/** What to do about packages without a usable wheel: build them, take those for a newer Linux, or bound them. */
import type { CellFacts } from '@nx-ci-cache/records';
import type { WithoutWheels } from './without-wheels';

export const wheelsRemedy = ({ names, unbuildable }: WithoutWheels, facts: CellFacts): string => {
  const built = names.filter((name) => !unbuildable.has(name));
  const linux = [...unbuildable].flatMap(([name, needs]) => (needs === undefined ? [] : [{ name, needs }]));
  const gone = [...unbuildable].flatMap(([name, needs]) => (needs === undefined ? [name] : []));
  return [
    ...(built.length === 0 ? [] : [toBuild(built, facts)]),
    ...linux.map(({ name, needs }) => `The wheels of ${name} need "linux": "${needs}" beside "modes".`),
    ...(gone.length === 0 ? [] : [`Of ${gone.join(', ')} there is no sdist either: take them away on this Python.`]),
    'Or bound them to releases that have a wheel.',
  ].join(' ');
};

/** The whole list, to be pasted. */
const toBuild = (names: readonly string[], { mode, python, allowSdist }: CellFacts): string =>
  `Add "allowSdist": ${JSON.stringify([...allowSdist, ...names])} to the mode ${mode}: they are built then, which runs ` +
  `code of theirs. What lacks its wheel on this Python alone goes there as { "name": …, "pythons": ["${python}"] }.`;
