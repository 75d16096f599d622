/** Where the package is made from. */
import { join } from 'node:path';

export const root = join(__dirname, '../../..');
export const source = join(root, 'libs/nx-ci-cache');
