/** Generated names, URLs and file lines of somebody who wants a command run, a file left or a secret shown. */
import fc from 'fast-check';
import { permissionOf, type Grant } from '@nx-ci-cache/records';
import { checkBranch, checkRemote } from '@nx-ci-cache/branch';
import { checkFiles } from '@nx-ci-cache/branch/src/content/content';
import { pushArgs } from '@nx-ci-cache/branch/src/git/argv';

const canary = 's3cret-canary';

/** Pieces that mean something to a shell, to git, to pip, to a terminal or to a CI, between ordinary ones. */
const pieces = [
  ...[
    '$(touch x)',
    '`id`',
    '; id',
    '| id',
    '&& id',
    '> x',
    '\n',
    '\r',
    '\0',
    '\t',
    ' ',
    '\\',
    '"',
    "'",
    '*',
    '?',
    '~',
    '^',
  ],
  ...[
    '--upload-pack=id',
    '--exec=id',
    '-o',
    '--',
    '-u',
    '+',
    ':',
    '@',
    '@{',
    '..',
    '/',
    '//',
    '/.',
    '.lock',
    '.',
    '/../',
  ],
  ...[
    'ext::sh -c id',
    'fd::3',
    'file://',
    'https://',
    'http://',
    'ssh://',
    'git://',
    '-oProxyCommand=id',
    'user@',
    'host',
  ],
  ...[
    '127.0.0.1',
    'localhost',
    '[::1]',
    `me:${canary}@`,
    ':22',
    '#',
    '%0a',
    '%2e%2e',
    '\u202e',
    '\u200b',
    '\u2028',
    '\u001b[31m',
  ],
  ...[
    '--index-url https://evil',
    '-r x',
    '-e .',
    '--hash=sha256:0',
    ' @ https://evil/x.whl',
    '; python_version',
    '[extra]',
  ],
  ...[
    '::add-mask::',
    '##[group]',
    '##vso[x]',
    'name',
    'Name_1',
    '==',
    '1.0',
    '>=',
    '===',
    '!',
    '1!2.0+local',
    'constraints-',
    'main',
  ],
] as const;

const text = fc.oneof(
  { weight: 4, arbitrary: fc.array(fc.constantFrom(...pieces), { maxLength: 7 }).map((all) => all.join('')) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme-ascii', maxLength: 40 }) },
);

/** The value if it is allowed, else undefined; what is thrown names the value harmlessly. */
const allowed = (check: () => unknown): boolean => {
  try {
    check();
    return true;
  } catch (error) {
    const { code, message } = error as Error & { code?: string };
    const raw = message.replace(/\n {2}allowed:/g, '').replaceAll('\n', '');
    if (code !== 'OptionInvalid') throw new Error(`thrown: ${String(error)}`, { cause: error });
    if (/[\0-\u001f\u007f]/.test(raw))
      throw new Error(`control characters in ${JSON.stringify(message)}`, { cause: error });
    return false;
  }
};

const must = (holds: boolean, what: string): void => {
  if (!holds) throw new Error(what);
};

const branches = fc.property(
  fc.oneof(
    text,
    text.map((rest) => `constraints-${rest}`),
  ),
  (name) => {
    if (!allowed(() => checkBranch(name))) return;
    must(
      /^constraints-[\w./-]+$/.test(name) && !name.includes('..') && !/\.lock(\/|$)|\/\/|\/\.|[./]$/.test(name),
      name,
    );
    const args = pushArgs(
      `refs/heads/${name}`,
      '0'.repeat(40),
      null,
      permissionOf({}).constraints as Grant<'constraints'>,
    );
    must(args.at(-1) === `${'0'.repeat(40)}:refs/heads/${name}` && args.at(-3) === '--', name);
  },
);

const prefixes = [
  '',
  'https://',
  'http://127.0.0.1',
  'ssh://',
  'file:///',
  '/',
  'git@host:',
  `https://me:${canary}@host/`,
] as const;

const urls = fc.property(fc.constantFrom(...prefixes), text, (prefix, rest) => {
  const url = prefix + rest;
  if (!allowed(() => checkRemote(url, { file: 'ci-cache.json', key: 'push.remote' }))) return;
  must(/^(https:\/\/|http:\/\/(127\.|localhost|\[::1\])|ssh:\/\/|file:\/\/\/|\/|[\w.-]+@?[\w.-]*:)/i.test(url), url);
  must(!/^[\w+.-]*::|^-|[\0-\u001f\u007f]/u.test(url) || url.startsWith('/') || /^file:/i.test(url), url);
  must(!/^https?:\/\/[^/]*@/i.test(url) && !/^ssh:\/\/(-|[^/]*:[^/]*@)/i.test(url), url);
});

/** What pip would make of a line, said independently of our grammar: a pin, a comment, or nothing. */
const harmlessToPip = (line: string): boolean =>
  line.startsWith('#') || line.trim() === '' || /^[\w.-]+==[\w.!+-]+$/.test(line);

const lines = fc.property(fc.array(text, { minLength: 1, maxLength: 3 }), (all) => {
  const content = all.join('\n');
  if (!allowed(() => checkFiles({ 'constraints-3.11.txt': content }))) return;
  for (const line of content.split(/[\n\r\u0085\u2028\u2029\f\v]/)) {
    must(harmlessToPip(line) && !line.startsWith('-'), JSON.stringify(line));
  }
});

const fileNames = fc.property(text, (name) => {
  if (!allowed(() => checkFiles({ [name]: 'one==1\n' }))) return;
  must(/^[A-Za-z0-9][\w.-]*$/.test(name) && !name.endsWith('.lock'), name);
});

const errors = fc.property(text, fc.constantFrom('', '/', 'x/', '@', ':'), (rest, before) => {
  const url = `https://me:${before}${canary}@host/${rest}`;
  try {
    checkRemote(url, { file: 'ci-cache.json', key: 'push.remote' });
  } catch (error) {
    const { message, stack } = error as Error;
    must(!`${message}${stack}${JSON.stringify(error)}`.includes(canary), url);
    return;
  }
  must(false, url);
});

export const properties = { branches, urls, lines, fileNames, errors };
