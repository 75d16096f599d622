/** Names of inferred targets: the steps' own, unless nx.json gives this workspace others. Steps find each other by executor. */
import { closeMatches, invalid } from '@nx-ci-cache/config';
import { chain } from '../chain/chain';

/** Options of the plugin in nx.json. */
export interface PluginOptions {
  /** Before the name of every target, e.g. `ci-`. */
  readonly targetPrefix?: string;
  /** The whole name of a step's targets, by the step, e.g. `{ "refresh": "ci:refresh" }`; parts are told by what follows it. */
  readonly targetNames?: Readonly<Record<string, string>>;
}

/** From the name a step gives a target to the one it has here. */
export type Naming = (name: string) => string;

const allowed = ['targetPrefix', 'targetNames'];
const steps = chain.map(({ name }) => name);

/** @throws CiCacheError `OptionInvalid` for options that name no step, no sound name, or two steps alike. */
export const namingOf = (options: unknown = {}): Naming => {
  const { targetPrefix = '', targetNames = {} } = checked(options);
  const names = new Map(steps.map((step) => [step, targetNames[step] ?? `${targetPrefix}${step}`]));
  for (const [step, name] of names) {
    const other = steps.find((each) => each !== step && names.get(each) === name);
    if (other !== undefined) throw wrong(`targetNames.${step}`, name, `a name of its own: ${other} has it too`);
  }
  return (name) => {
    const [step = '', part] = name.split(/--(.*)/s);
    const renamed = names.get(step) ?? name;
    return part === undefined ? renamed : `${renamed}--${part}`;
  };
};

const checked = (options: unknown): PluginOptions => {
  if (!isRecord(options)) throw wrong('', options, 'an object with "targetPrefix" and "targetNames"');
  const unknown = Object.keys(options).find((key) => !allowed.includes(key));
  if (unknown !== undefined) throw wrong(unknown, options[unknown], `one of ${allowed.join(', ')}`);
  const { targetPrefix = '', targetNames = {} } = options;
  if (!isText(targetPrefix, /^([A-Za-z][\w.:-]*)?$/)) throw wrong('targetPrefix', targetPrefix, letters);
  if (!isRecord(targetNames)) throw wrong('targetNames', targetNames, 'an object with a name by step');
  for (const [step, name] of Object.entries(targetNames)) {
    if (!steps.includes(step)) throw wrong(`targetNames.${step}`, name, `a step: ${perhaps(step)}`);
    if (!isText(name, /^(?!.*--)[A-Za-z][\w.:-]*$/)) throw wrong(`targetNames.${step}`, name, `${letters}, without --`);
  }
  return options;
};

const letters = 'letters, digits and . _ : -, first a letter';

const perhaps = (step: string): string => {
  const close = closeMatches(step, steps);
  return close.length === 0 ? `one of ${steps.join(', ')}` : `perhaps ${close.join(' or ')}`;
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isText = (value: unknown, form: RegExp): boolean => typeof value === 'string' && form.test(value);

const wrong = (key: string, value: unknown, form: string) =>
  invalid({ file: 'nx.json', key: ['options of the plugin nx-ci-cache', key].filter(Boolean).join(': ') }, value, form);
