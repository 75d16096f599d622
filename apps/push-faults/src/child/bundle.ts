/** The publication as one file, because a process that starts from sources would take longer to start than to publish. */
import { join } from 'node:path';
import { buildSync } from 'esbuild';

/** Writes the bundle into `folder` and returns its path. */
export const bundleChild = (folder: string): string => {
  const outfile = join(folder, 'child.cjs');
  buildSync({
    entryPoints: [join(__dirname, 'child.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    mainFields: ['module', 'main'],
    logLevel: 'warning',
  });
  return outfile;
};
