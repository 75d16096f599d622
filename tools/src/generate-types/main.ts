/** Writes what is made from schemas; with --check only says what is out of date, and fails. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { generated } from './types';

const isCheck = process.argv.includes('--check');

const main = async (): Promise<void> => {
  for (const [path, text] of await generated()) {
    if (!isCheck) writeFileSync(path, text);
    else if (!existsSync(path) || readFileSync(path, 'utf8') !== text)
      throw new Error(`run tools/generate-types: ${path} is out of date`);
  }
};

void main();
