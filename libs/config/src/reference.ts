/** Names in a registry as the distribution spec writes them: `host[:port]/path[:tag]`, checked once they are filled in. */
import { invalid, type Place } from './invalid';

const host = '([A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\\[[0-9a-fA-F:]+\\])(:[0-9]{1,5})?';
const path = '[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*';
const repository = `${host}(/${path})+`;
const tag = '[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}';
const longest = 255;

const forms = {
  repository: {
    pattern: new RegExp(`^${repository}$`),
    allowed: `host[:port]/path in lower case, without scheme, user info or tag, up to ${longest} characters`,
  },
  reference: {
    pattern: new RegExp(`^${repository}:${tag}$`),
    allowed: 'host[:port]/path:tag, path in lower case, without scheme or user info, the tag up to 128 characters',
  },
  image: {
    pattern: new RegExp(`^(${host}/)?${path}(/${path})*(:${tag})?(@sha256:[0-9a-f]{64})?$`),
    allowed: '[host[:port]/]path[:tag][@sha256:…], path in lower case, without scheme or user info',
  },
  tag: {
    pattern: new RegExp(`^(?!leg--)${tag}$`),
    allowed: 'up to 128 letters, digits and . _ -, not beginning with . or -, nor with "leg--" as the tags of legs do',
  },
};

/** The text itself when it is a name of that form. @throws CiCacheError `OptionInvalid` otherwise. */
export const checkReference = (text: string, form: keyof typeof forms, place: Place, remedy?: string): string => {
  const { pattern, allowed } = forms[form];
  if (pattern.test(text) && (form !== 'repository' || text.length <= longest)) return text;
  throw invalid(place, text, allowed, remedy);
};
