/** Registry references as the distribution spec writes them: `host[:port]/path[:tag]`. */
import { invalid, type Place } from './invalid';

const host = '[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]{1,5})?';
const path = '[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*';
const repository = new RegExp(`^${host}(/${path})+$`);
const reference = new RegExp(`^${host}(/${path})+:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$`);

const forms = {
  repository: { pattern: repository, allowed: 'host[:port]/path in lower case, without scheme, user info or tag' },
  reference: { pattern: reference, allowed: 'host[:port]/path:tag, path in lower case, without scheme or user info' },
};

/** The text itself when it is a reference of that form. @throws CiCacheError `OptionInvalid` otherwise. */
export const checkReference = (text: string, form: keyof typeof forms, place: Place): string => {
  if (forms[form].pattern.test(text)) return text;
  throw invalid(place, text, forms[form].allowed);
};
