/** Removes secrets from text before it is printed or written: Nx keeps task output on disk and shares it. */
import { redactorFor, type Redactor } from './redactor';
import { spellings } from './spellings';

const scheme = /^[\w+.-]+:\/\//;
const secretName = /(TOKEN|PASSWORD|PASSWD|SECRET|CREDENTIAL|PRIVATE_KEY|API_KEY|ACCESS_KEY)/i;
/** A raw password may hold an "@": all up to the last one of the host part. */
const userInfo = /:\/\/[^\s/]+@/g;

/** The secret values the environment holds. Short values are left out: they would blot out ordinary words. */
export const credentialsIn = (environment: NodeJS.ProcessEnv = process.env): string[] =>
  Object.entries(environment)
    .flatMap(([name, value = '']) => {
      if (secretName.test(name)) return [value.trim()];
      if (/_PROXY$/i.test(name)) return passwords(value.trim());
      if (/^OTEL_EXPORTER_OTLP_(\w+_)?HEADERS$/.test(name)) return value.split(',').flatMap(otlpSecrets);
      if (!/^GIT_CONFIG_VALUE_\d+$/.test(name)) return [];
      return scheme.test(value) ? passwords(value.trim()) : headerSecrets(value.trim());
    })
    .filter((secret) => secret.length >= 8);

/** Of a URL the password, as it stands there and decoded. It ends at the last "@", because a raw one may hold "/" too. */
const passwords = (url: string): string[] => {
  const raw = /^[^:@]*:(.+)@/.exec(url.slice(scheme.exec(url)?.[0].length))?.[1];
  return raw === undefined ? [] : [...new Set([raw, decoded(raw)])];
};

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** Of a header such as `Authorization: Basic …` or `Cookie: a=…; b=…` each word and value, and a password encoded in them. */
const headerSecrets = (header: string): string[] => {
  const words = (/^[\w-]+:([^]*)$/.exec(header)?.[1] ?? '').split(/\s+/);
  const [kind, encoded = ''] = words.filter((word) => word !== '');
  const parts = words.flatMap((word) => word.split(/[;,"]/)).flatMap(withValues);
  return [...new Set([...words, ...parts, ...(kind?.toLowerCase() === 'basic' ? [passwordIn(encoded)] : [])])];
};

/** `name=value`, where the value may be percent-encoded. */
const otlpSecrets = (pair: string): string[] => [
  ...new Set([pair, decoded(pair)].flatMap((each) => headerSecrets(each.trim().replace('=', ':')))),
];

/** `a=b=c` itself, and what stands after each `=`. */
const withValues = (part: string): string[] => part.split('=').map((_, at, all) => all.slice(at).join('='));

const passwordIn = (basic: string): string =>
  Buffer.from(basic, 'base64')
    .toString()
    .replace(/[^:]*:/, '');

/** `text` with every known secret, however it is spelled, and all URL user info replaced by `***`. */
export const redact = (text: string, secrets: readonly string[] = credentialsIn()): string =>
  redactorOf(secrets)(text).replace(userInfo, '://***@');

let compiled: { readonly key: string; readonly redactor: Redactor } | undefined;

/** Compiled once for one set of secrets: those of a process hardly ever change. */
const redactorOf = (secrets: readonly string[]): Redactor => {
  const key = secrets.join('\0');
  if (compiled?.key !== key) compiled = { key, redactor: redactorFor(secrets.flatMap(spellings)) };
  return compiled.redactor;
};
