/** Switches, executors and generators with their options, from the schemas by which Nx reads them. */
import { flagOf, variableOf } from '@nx-ci-cache/config';
import { code, page, prose, table } from './markdown';
import { definitionName, typeOf, type Schema } from './schema';

export type Schemas = Readonly<Record<string, Schema>>;

const rows = (properties: Schemas, named: (name: string) => string[]): string[][] =>
  Object.entries(properties).map(([name, schema]) => [
    ...named(name),
    typeOf(schema, definitionName),
    prose(schema.description),
  ]);

export const switchesPage = (switches: Schemas): string =>
  page(
    'Switches',
    'libs/nx-ci-cache/src/switches.schema.json',
    'A switch is a flag of the target you name, or a variable; the flag counts first, and alone it says yes. Every target of ours takes them, and the first step refuses one that nothing reads.',
    table(
      ['flag', 'variable', 'value', 'meaning'],
      rows(switches, (name) => [code(`--${flagOf(name)}`), code(variableOf(name))]),
    ),
    'Variables that are no switch, such as paths of tools, are in the [README](../../README.md#switches).',
  );

export const executorsPage = (executors: Schemas, switches: Schemas, exitCodes: readonly string[]): string => {
  const codes = new Map(exitCodes.map((line) => [line.split(': ')[0], line.split(': ')[1]] as const));
  return page(
    'Executors',
    'libs/nx-ci-cache/executors.json and the schemas it names',
    'All are called `nx-ci-cache:<name>`. Each takes the [switches](switches.md) besides the options shown. Nx ends with 0 or 1, by the `result` of what the step records.',
    ...Object.entries(executors).map(([name, { description = '', properties = {} }]) => {
      const own = Object.fromEntries(Object.entries(properties).filter(([key]) => !Object.hasOwn(switches, key)));
      return section(name, description, exitOf(codes.get(name)), own);
    }),
  );
};

/** @param line as `exitCodes` writes it: `0 pushed unchanged, 1 failed refused`, or `0 or 1`. */
const exitOf = (line = '0 or 1'): string => {
  const [, right, wrong] = /^0 (.+), 1 (.+)$/.exec(line) ?? [];
  if (right === undefined || wrong === undefined) return `Ends with ${line}.`;
  const words = (text: string) => text.split(' ').map(code).join(', ');
  return `Ends with 0: ${words(right)}; with 1: ${words(wrong)}.`;
};

export const generatorsPage = (generators: Schemas): string =>
  page(
    'Options of generators',
    'libs/nx-ci-cache/generators.json and the schemas it names',
    'All are called `nx-ci-cache:<name>`; [what they do](../generators.md).',
    ...Object.entries(generators).map(([name, { description = '', properties = {} }]) =>
      section(name, description, '', properties),
    ),
  );

const section = (name: string, about: string, ending: string, options: Schemas): string => {
  const shown = rows(options, (option) => [code(`--${option}`)]);
  const parts = [
    `## ${name}`,
    about,
    ...(shown.length === 0 ? [] : [table(['option', 'value', 'meaning'], shown)]),
    ending,
  ];
  return parts.filter((part) => part !== '').join('\n\n');
};
