/**
 * Every library and package once, in chunks that the entries share. Nx of every supported version loads by `require`, and
 * esbuild splits ES modules only, so each chunk is then turned into CommonJS that requires another chunk, or a part of
 * Node, when it first uses it: an executor loads what its run needs, though a chunk names more. Nothing of it is minified:
 * a stack names the line that is there, without source maps, which would be larger than the code.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { transform } from '@swc/core';
import { build, type BuildOptions, type Metafile, type Plugin } from 'esbuild';
import { buildPage } from '@nx-ci-cache/report-page';
import { compiledSchema } from './compiled-schema';
import { root, source } from './places';

const shared = 'src/shared';

/**
 * What many processes need a little of, among much that few need: each is an entry, so that a chunk of its own holds it.
 * One chunk would hold all that the same entries may reach.
 */
const apart: Readonly<Record<string, string>> = {
  minimatch: 'minimatch',
  'input-files': join(root, 'libs/constraints/src/requirements/input-files.ts'),
  lines: join(root, 'libs/constraints/src/file/lines.ts'),
};

const common = {
  absWorkingDir: source,
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  external: ['@nx/devkit'],
  metafile: true,
  // Packages published for both module systems: the ES module is the one that can be bundled readably.
  mainFields: ['module', 'main'],
  logLevel: 'warning',
} as const satisfies BuildOptions;

/** Writes the modules into `target` and returns the files they were made of, as absolute paths. */
export const bundle = async (modules: readonly string[], target: string): Promise<readonly string[]> => {
  const { outputFiles, metafile } = await build({
    ...common,
    entryPoints: [
      ...modules.map((path) => ({ in: path, out: path.replace(/\.ts$/, '') })),
      ...Object.entries(apart).map(([name, path]) => ({ in: path, out: doorTo(name) })),
    ],
    outdir: target,
    chunkNames: `${shared}/[hash]`,
    splitting: true,
    format: 'esm',
    write: false,
    plugins: [schemaApart, pageApart],
  });
  const doors = Object.keys(apart).map((name) => join(target, `${doorTo(name)}.js`));
  for (const { path, text } of outputFiles.filter(({ path }) => !doors.includes(path))) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, await lazily(text));
  }
  const schema = await build({
    ...common,
    entryPoints: [join(root, 'libs/config/src/schema-check.ts')],
    outfile: join(target, shared, 'schema-check.js'),
    format: 'cjs',
    // Made by a generator and read by nobody; with one statement a line it would be larger than all the rest.
    minifyWhitespace: true,
    plugins: [compiledSchema],
  });
  const page = await buildPage();
  writeFileSync(join(target, shared, 'report-page.html'), page.html);
  writeFileSync(join(target, shared, 'report-page.js'), readsPage);
  return [...filesIn(metafile), ...filesIn(schema.metafile), ...page.inputs];
};

/** Nobody goes through it: what is behind it is required from its chunk. */
const doorTo = (name: string): string => `${shared}/${name}`;

/** The schema's code stays out of the chunks, beside them: most steps go by the facts and never load it. */
const schemaApart: Plugin = {
  name: 'schema-apart',
  setup: ({ onResolve }) =>
    onResolve({ filter: /\/schema-check$/ }, () => ({ path: './schema-check.js', external: true, sideEffects: false })),
};

/** Likewise the page, which only a report needs: in the place of the module that builds it stands one that reads it. */
const pageApart: Plugin = {
  name: 'page-apart',
  setup: ({ onResolve }) =>
    onResolve({ filter: /\/page-template$/ }, () => ({ path: './report-page.js', external: true, sideEffects: false })),
};

const readsPage = `'use strict';
const { readFile } = require('node:fs/promises');
const { join } = require('node:path');
exports.pageTemplate = () => readFile(join(__dirname, 'report-page.html'), 'utf8');
`;

/**
 * An ES module as CommonJS that loads what it imports at first use. esbuild keeps the order in which modules would be
 * evaluated by importing chunks for nothing else: no library of ours does anything by being loaded (`sideEffects`).
 */
const lazily = async (chunk: string): Promise<string> => {
  const text = chunk.replace(/^import "[^"]+";\n/gm, '');
  const names = [...text.matchAll(/^(?:import|export)\b[^;]*?\bfrom "([^"]+)";$/gm)].flatMap(([, name]) => name ?? []);
  const { code } = await transform(text, {
    jsc: { parser: { syntax: 'ecmascript' }, target: 'es2022', preserveAllComments: true },
    // Names are annotated, for who imports them from an ES module.
    module: { type: 'commonjs', lazy: names, exportInteropAnnotation: true },
    swcrc: false,
  });
  return code;
};

const filesIn = ({ outputs }: Metafile): string[] =>
  Object.values(outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? join(source, path) : [])),
  );
