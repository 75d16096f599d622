/** Text of servers and names, made harmless before it is shown: a CI obeys what a log line says. */
import { credentialsIn, redact } from './redact';

/** Control, format (bidi, zero-width) and line-separator characters. */
export const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

const ansi = /\u001b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|.)/gu;

/** One line without ANSI sequences, invisible characters, CI commands (`::…`, `##…[`, `--- …`) and secrets. */
export const harmlessLine = (line: string, environment: NodeJS.ProcessEnv = process.env): string =>
  redact(
    line
      .replace(ansi, '')
      .replaceAll('\t', ' ')
      .replace(new RegExp(invisible, 'gu'), '')
      .replace(/^(\s*):(?=:)/, '$1: ')
      .replace(/^(?=(?:---|\+\+\+|~~~|\^\^\^)\s)/, ' ')
      .replace(/##(?=\[|[a-z]+\[)/gi, '# #'),
    credentialsIn(environment),
  ).trimEnd();

/** A whole text of ours that may hold words of others: its lines stay, blank ones too. */
export const harmlessText = (text: string, environment?: NodeJS.ProcessEnv): string =>
  linesOf(text, environment).join('\n');

/** What somebody else said, without blank lines. */
export const harmless = (text: string, environment?: NodeJS.ProcessEnv): string =>
  linesOf(text, environment)
    .filter((line) => line !== '')
    .join('\n');

const linesOf = (text: string, environment?: NodeJS.ProcessEnv): string[] =>
  text.split(/\r?\n|\r/).map((line) => harmlessLine(line, environment));
