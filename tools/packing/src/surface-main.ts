/** Builds the package and writes its surface, to be reviewed as a change of this file. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildPackage } from '.';
import { surfaceOf } from './surface';

const main = async (): Promise<void> =>
  writeFileSync(join(__dirname, '../surface.txt'), await surfaceOf(await buildPackage()));

void main();
