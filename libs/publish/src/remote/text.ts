/** Text of servers and names, made harmless before it is shown: a CI obeys what a log line says. */
import { credentialsIn, redact } from '@nx-ci-cache/process';

/** Control, format (bidi, zero-width) and line-separator characters. */
export const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

const ansi = /\u001b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|.)/gu;

/** One line without ANSI sequences, invisible characters, CI commands (`::…`, `##…[`, `--- …`) and secrets. */
export const harmlessLine = (line: string, environment: NodeJS.ProcessEnv = process.env): string =>
  redact(
    line
      .replace(ansi, '')
      .replace(new RegExp(invisible, 'gu'), '')
      .replace(/^(\s*):(?=:)/, '$1: ')
      .replace(/^(?=(?:---|\+\+\+|~~~|\^\^\^)\s)/, ' ')
      .replace(/##(?=\[|[a-z]+\[)/gi, '# #'),
    credentialsIn(environment),
  ).trimEnd();

export const harmless = (text: string, environment?: NodeJS.ProcessEnv): string =>
  text
    .split(/\r?\n|\r/)
    .map((line) => harmlessLine(line, environment))
    .filter((line) => line !== '')
    .join('\n');
