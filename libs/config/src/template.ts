/**
 * Placeholders in texts of ci-cache.json: `{branch}`, `{commit}`, `{image}`, `{python}`, `{platform}` and `{env.CI_CACHE_…}`;
 * in tags `{constraints}` too, in labels `{cutoff}`, in annotations both.
 */
import { invalid, type Place } from './invalid';
import { platformName } from '@nx-ci-cache/records';

/** What placeholders stand for; one without a value is refused. */
export interface TemplateValues {
  readonly branch?: string;
  readonly commit?: string;
  readonly image?: string;
  readonly python?: string;
  /** In the form os/architecture; written with a dash. */
  readonly platform?: string;
  /** Short id of the constraints commit, known to whoever tags an image. */
  readonly constraints?: string;
  /** Up to which the package index is seen, ISO 8601. */
  readonly cutoff?: string;
  readonly environment?: NodeJS.ProcessEnv;
}

const known = ['branch', 'commit', 'image', 'python', 'platform'] as const;
const knownInTags = [...known, 'constraints'] as const;
const knownInLabels = [...known, 'cutoff'] as const;
const knownInAnnotations = [...knownInTags, 'cutoff'] as const;
const placeholder = /\{([^{}]*)\}/g;
const environmentName = /^env\.(CI_CACHE_[A-Z0-9_]+)$/;

const allowedForm = (names: readonly string[]): string =>
  `the placeholders ${names.map((name) => `{${name}}`).join(' ')} and {env.CI_CACHE_…}`;

/** Refuses placeholders that can never be filled, before anything runs. */
export const checkTemplate = (text: string, place: Place): void => check(text, place, known);

/** The same of a tag, which is filled once the constraints are pushed. */
export const checkTagTemplate = (text: string, place: Place): void => check(text, place, knownInTags);

/** The same of a label of an image. */
export const checkLabelTemplate = (text: string, place: Place): void => check(text, place, knownInLabels);

/** The same of an annotation of an index. */
export const checkAnnotationTemplate = (text: string, place: Place): void => check(text, place, knownInAnnotations);

const check = (text: string, place: Place, names: readonly string[]): void => {
  for (const [, name = ''] of text.matchAll(placeholder)) {
    if (!names.includes(name) && !environmentName.test(name)) throw invalid(place, text, allowedForm(names));
  }
};

/** Whether a text holds the placeholder. */
export const holdsPlaceholder = (text: string, name: (typeof knownInAnnotations)[number]): boolean =>
  text.includes(`{${name}}`);

/** @throws CiCacheError `OptionInvalid` when a placeholder is unknown, has no value here, or its variable is not set. */
export const fillTemplate = (text: string, values: TemplateValues, place: Place): string =>
  text.replace(placeholder, (_whole, name: string) => {
    const variable = environmentName.exec(name)?.[1];
    if (variable !== undefined) {
      const value = values.environment?.[variable];
      if (value) return value;
      throw invalid(place, text, `${variable} set in the environment`, `Set ${variable}, or write the value itself.`);
    }
    const value = valueOf(name, values);
    if (value === undefined) throw invalid(place, text, allowedForm(known));
    return value;
  });

/** What each placeholder of `text` stands for here, for the reader of an error: `{branch} = "main"`. */
export const placeholdersIn = (text: string, values: TemplateValues, place: Place): string[] =>
  [...new Set(text.match(placeholder))].map((each) => `${each} = ${JSON.stringify(fillTemplate(each, values, place))}`);

const valueOf = (name: string, values: TemplateValues): string | undefined => {
  const key = knownInAnnotations.find((each) => each === name);
  const value = key === undefined ? undefined : values[key];
  return key === 'platform' && value !== undefined ? platformName(value) : value;
};
