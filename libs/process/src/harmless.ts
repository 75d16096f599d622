/** Text of servers and names, made harmless before it is shown: a CI obeys what a log line says. */
import { credentialsIn, redact } from './redact';

/** Control, format (bidi, zero-width) and line-separator characters. */
export const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

const everyInvisible = new RegExp(invisible, 'gu');
const ansi = /\u001b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|.)/gu;

/** One line without ANSI sequences, invisible characters, CI commands (`::…`, `##…[`, `--- …`) and secrets. */
export const harmlessLine = (line: string, environment?: NodeJS.ProcessEnv): string =>
  withoutSecrets(line, inertLine, environment);

/** A whole text of ours that may hold words of others: its lines stay, blank ones too. */
export const harmlessText = (text: string, environment?: NodeJS.ProcessEnv): string =>
  withoutSecrets(text, inertText, environment);

/** What somebody else said, without blank lines. */
export const harmless = (text: string, environment?: NodeJS.ProcessEnv): string =>
  harmlessText(text, environment)
    .split('\n')
    .filter((line) => line !== '')
    .join('\n');

/** As `harmlessText`, but secrets stay: for the many parts of a text that is redacted as a whole. */
export const inertText = (text: string): string =>
  text
    .split(/\r?\n|\r/)
    .map(inertLine)
    .join('\n');

const inertLine = (line: string): string =>
  line
    .replace(ansi, '')
    .replaceAll('\t', ' ')
    .replace(everyInvisible, '')
    .replace(/^(\s*):(?=:)/, '$1: ')
    .replace(/^(?=(?:---|\+\+\+|~~~|\^\^\^)\s)/, ' ')
    .replace(/##(?=\[|[a-z]+\[)/gi, '# #')
    .trimEnd();

/** Before, because a secret may have several lines or hold what is taken out; after, because it may only then stand there. */
const withoutSecrets = (
  text: string,
  inert: (text: string) => string,
  environment: NodeJS.ProcessEnv = process.env,
): string => {
  const secrets = credentialsIn(environment);
  return redact(inert(redact(text, secrets)), secrets);
};
