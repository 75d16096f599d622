/** The site's configuration, made from the pages: the sidebar is the table of contents, and a link that leads nowhere ends the build. */
import { relative } from 'node:path';
import { anchorOf } from '@nx-ci-cache/packing/src/links';
import { homepage } from 'nx-ci-cache/package.json';
import type { UserConfig } from 'vitepress';
import { writeBeside } from './beside';
import { contents, contentsPage, docs } from './contents';
import { handedOut } from './handed-out';

const host = homepage.replace(/#.*$/, '');

/** Held by the browser itself: a page of this site cannot ask any other host for anything. Scripts of its own stand in the page, too. */
const policy = [
  "default-src 'self'",
  "script-src 'self' 'unsafe-inline'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
];

export const site: UserConfig = {
  title: 'nx-ci-cache',
  description: 'Keeps constraint files and CI image caches of a Python monorepo fresh',
  rewrites: { [contentsPage]: 'index.md' },
  outDir: '../dist/site',
  cacheDir: '../dist/site-cache',
  head: [
    ['meta', { 'http-equiv': 'Content-Security-Policy', content: policy.join('; ') }],
    // None: without a word a browser asks for one that is not there.
    ['link', { rel: 'icon', href: 'data:,' }],
  ],
  // Braces of our texts are what a person writes into ci-cache.json, never attributes of an element.
  markdown: { anchor: { slugify: anchorOf }, attrs: { disable: true } },
  themeConfig: {
    search: { provider: 'local' },
    sidebar: contents().map(({ title, entries }) => ({
      text: title,
      items: entries.map(({ title: text, path }) => ({ text, link: `/${path.replace(/\.md$/, '')}` })),
    })),
    outline: 'deep',
    socialLinks: [{ icon: 'github', link: host }],
    editLink: { pattern: `${host}/edit/main/docs/:path` },
  },
  vite: {
    plugins: [
      {
        name: 'links-away',
        enforce: 'pre',
        transform: (text, id) => (id.endsWith('.md') ? handedOut(relative(docs, id), text) : undefined),
      },
    ],
  },
  buildEnd: ({ outDir, site: { base } }) => writeBeside(outDir, base),
};
