/** Writes the switches into every executor's schema, and the types of every schema; with --check only says what is out of date, and fails. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, schemaFiles, schemaText, typesFile, typesOf } from './types';

const isCheck = process.argv.includes('--check');

const main = async (): Promise<void> => {
  for (const schema of schemaFiles()) {
    const wanted = { [join(root, schema)]: await schemaText(schema), [typesFile(schema)]: await typesOf(schema) };
    for (const [path, text] of Object.entries(wanted)) {
      if (!isCheck) writeFileSync(path, text);
      else if (readFileSync(path, 'utf8') !== text) throw new Error(`run tools/generate-types: ${path} is out of date`);
    }
  }
};

void main();
