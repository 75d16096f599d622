/** A git that stands before the real one and does something else where it is given one word. */
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const { PATH = '' } = process.env;

/** @param instead shell, run with the arguments; `$git` is the real one. */
export const replaceGit = (folder: string, word: string, instead: string): void => {
  const bin = join(folder, 'bin');
  mkdirSync(bin, { recursive: true });
  const script = ['#!/bin/sh', `export PATH='${PATH}' git=git`, `case " $* " in *" ${word} "*) ${instead};; esac`];
  writeFileSync(join(bin, 'git'), [...script, 'exec git "$@"', ''].join('\n'));
  chmodSync(join(bin, 'git'), 0o755);
  process.env['PATH'] = `${bin}:${PATH}`;
};

export const restoreGit = (): void => void (process.env['PATH'] = PATH);
