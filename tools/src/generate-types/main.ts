/** Writes the types of every schema; with --check only says which are not those of their schema, and fails. */
import { readFileSync, writeFileSync } from 'node:fs';
import { schemaFiles, typesFile, typesOf } from './types';

const isCheck = process.argv.includes('--check');

const main = async (): Promise<void> => {
  for (const schema of schemaFiles()) {
    const types = await typesOf(schema);
    if (!isCheck) writeFileSync(typesFile(schema), types);
    else if (readFileSync(typesFile(schema), 'utf8') !== types)
      throw new Error(`run tools/generate-types: ${schema} changed`);
  }
};

void main();
