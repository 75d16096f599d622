/** The files a node is reached with: buildx takes any path, and says only at a connection, in the words of a broken node, that it is none. */
import { access, constants, stat } from 'node:fs/promises';
import type { BuilderDefinition, NodeDefinition } from './definition';
import { builderUnfit } from './unfit';

/** As ci-cache.json calls them, by their names as the driver's options. */
const keys = { cacert: 'ca', cert: 'cert', key: 'key' } as const;

/** @throws CiCacheError `BuilderUnfit` naming node, key and path of the first file that is missing, unreadable, or a key for all to read. */
export const checkCertificates = async ({ name: builder, nodes }: BuilderDefinition): Promise<void> => {
  for (const node of nodes) {
    for (const [option, key] of Object.entries(keys)) {
      const path = node.driverOptions[option];
      const fault = path === undefined ? undefined : await faultOf(key, path);
      if (fault !== undefined) throw unusable(builder, node, key, path ?? '', fault);
    }
  }
};

interface Fault {
  readonly words: string;
  readonly remedy: string;
}

const faultOf = async (key: string, path: string): Promise<Fault | undefined> => {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => error.code ?? 'is not there');
  if (typeof found === 'string') {
    const words = found === 'ENOENT' ? 'is not there' : `cannot be looked at (${found})`;
    return { words, remedy: 'Correct the path in builder.nodes of ci-cache.json, or put the file there.' };
  }
  if (!found.isFile()) return { words: 'is no file', remedy: 'Name a file in PEM format.' };
  const readable = await access(path, constants.R_OK).then(
    () => true,
    () => false,
  );
  if (!readable) return { words: 'may not be read by this user', remedy: 'Let the user who runs this own it.' };
  // Windows has no such modes.
  if (key !== 'key' || process.platform === 'win32' || (found.mode & 0o077) === 0) return undefined;
  const mode = (found.mode & 0o777).toString(8).padStart(4, '0');
  return { words: `may be read by others (mode ${mode})`, remedy: `chmod 600 ${path}` };
};

const unusable = (builder: string, node: NodeDefinition, key: string, path: string, { words, remedy }: Fault) =>
  builderUnfit(`${key} of node ${node.name} of builder ${builder} ${words}: ${path}`, remedy, {
    ...{ builder, node: node.name, key, path },
  });
