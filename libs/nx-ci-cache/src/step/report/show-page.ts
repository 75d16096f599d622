/** Shows a page in the browser of whoever asked for it. */
import { CiCacheError, launch, messageOf } from '@nx-ci-cache/process';

/** What opens a file by its kind; the package `open` looks for a copy of its own beside itself, which a bundle has not. */
const openers: Partial<Record<NodeJS.Platform, string>> = { darwin: 'open' };

/** @throws CiCacheError `CommandFailed` where nothing opens pages, such as on a machine without a screen. */
export const showPage = async (path: string, env: NodeJS.ProcessEnv): Promise<void> => {
  const file = openers[process.platform] ?? 'xdg-open';
  try {
    await launch({ file, args: [path] }, env);
  } catch (cause) {
    throw new CiCacheError('CommandFailed', `${file} does not open ${path}: ${messageOf(cause)}`, {
      remedy: 'Copy the file to a machine with a browser, and open it there: it needs nothing else.',
      cause,
    });
  }
};
