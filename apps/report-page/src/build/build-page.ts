/** The page as one text without its data: code and style stand in it, each allowed by its digest alone. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { build } from 'esbuild';
import { dataMark } from '@nx-ci-cache/report/src/page/mark';

export interface BuiltPage {
  readonly html: string;
  /** Absolute paths of the files it was made of. */
  readonly inputs: readonly string[];
}

const folder = join(__dirname, '../page');

export const buildPage = async (): Promise<BuiltPage> => {
  const { outputFiles, metafile } = await build({
    absWorkingDir: folder,
    entryPoints: ['main.tsx', 'style.css'],
    outdir: folder,
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: 'iife',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    logLevel: 'warning',
  });
  const text = (end: string) => outputFiles.find(({ path }) => path.endsWith(end))?.text.trim() ?? '';
  return {
    html: pageOf(text('.js'), text('.css')),
    inputs: Object.keys(metafile.inputs).map((path) => join(folder, path)),
  };
};

const pageOf = (script: string, style: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy(script, style)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>nx-ci-cache refresh</title>
<style>${style}</style>
</head>
<body>
<div id="page"></div>
<noscript>This page is made by the script in it. The file refresh.md beside it holds the same as text.</noscript>
<script type="application/json" id="data">${dataMark}</script>
<script>${script}</script>
</body>
</html>
`;

/** No address at all can be reached from the page: it shows what is in it. */
const policy = (script: string, style: string): string =>
  [
    "default-src 'none'",
    `script-src '${digest(script)}'`,
    `style-src '${digest(style)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');

const digest = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`;
