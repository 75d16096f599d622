/**
 * The page without its data. In the package it lies ready beside the code, and tools/packing puts what reads it in the
 * place of this module; from source it is built when it is asked for.
 */
import { join } from 'node:path';
import { askedOnce, childEnvironment, run } from '@nx-ci-cache/process';

const root = join(__dirname, '../../../..');
const built = askedOnce<string>();

export const pageTemplate = (): Promise<string> =>
  built('template', async () => {
    const args = ['--require', '@swc-node/register', join(root, 'apps/report-page/src/build/main.ts')];
    return (await run({ file: process.execPath, args, env: childEnvironment(), cwd: root })).stdout;
  });
