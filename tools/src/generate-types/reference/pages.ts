/** The reference of the documentation: texts by path, made from the schemas and types that programs go by. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exitCodes } from '@nx-ci-cache/packing/src/exit-codes';
import { configurationPage } from './configuration';
import { errorsPage } from './errors';
import { executorsPage, generatorsPage, switchesPage, type Schemas } from './options';
import { reportPage } from './report';

/** @param schemas texts of schemas that are generated themselves, by path. */
export const referencePages = (root: string, schemas: ReadonlyMap<string, string>): ReadonlyMap<string, string> => {
  const plugin = join(root, 'libs/nx-ci-cache');
  const text = (path: string) => schemas.get(path) ?? readFileSync(path, 'utf8');
  const read = (path: string) => JSON.parse(text(path));
  const listed = (list: 'executors' | 'generators'): Schemas =>
    Object.fromEntries(
      Object.entries<{ schema: string; description: string }>(read(join(plugin, `${list}.json`))[list]).map(
        ([name, { schema, description }]) => [name, { ...read(join(plugin, schema)), description }],
      ),
    );
  const switches = read(join(plugin, 'src/switches.schema.json'));
  const executors = listed('executors');
  const pages = {
    configuration: configurationPage(read(join(root, 'libs/config/src/ci-cache.schema.json'))),
    switches: switchesPage(switches),
    executors: executorsPage(withoutKeys(executors), switches, exitCodes()),
    generators: generatorsPage(listed('generators')),
    errors: errorsPage(text(join(root, 'libs/process/src/errors.ts'))),
    'refresh-json': reportPage(read(join(root, 'libs/report/src/refresh.schema.json'))),
  };
  return new Map(Object.entries(pages).map(([name, text]) => [join(root, `docs/reference/${name}.md`), text]));
};

/** The options of snapshot are the keys of ci-cache.json, which have a page. */
const withoutKeys = (executors: Schemas): Schemas => ({
  ...executors,
  snapshot: {
    description: `${executors['snapshot']?.description} Its options are the [keys of ci-cache.json](configuration.md), in the place of that file.`,
  },
});
