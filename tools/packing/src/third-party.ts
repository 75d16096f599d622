/** The licences of exactly those packages whose code is in the bundle: each asks that its text goes with its code. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** @param inputs absolute paths of the files the bundle was made of. */
export const thirdParty = (inputs: readonly string[]): string => {
  const folders = new Set(inputs.flatMap((path) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []));
  const notices = [...folders].map(noticeOf).sort((left, right) => (left.title < right.title ? -1 : 1));
  return [
    '# Packages that nx-ci-cache contains, and their licences',
    ...notices.map(({ title, license, texts }) => [`## ${title}`, license, ...texts.map(quoted)].join('\n\n')),
    '',
  ]
    .join('\n\n')
    .replace(/\n+$/, '\n');
};

const noticeOf = (folder: string) => {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const files = readdirSync(folder)
    .filter((file) => /^(licen[cs]e|notice|copying)/i.test(file))
    .sort();
  if (typeof license !== 'string' || !files.some((file) => !/^notice/i.test(file)))
    throw new Error(`${folder} says no licence, or has no text of it: its code may not be packed`);
  const texts = files.map((file) => readFileSync(join(folder, file), 'utf8').trim());
  return { title: `${name} ${version}`, license, texts };
};

/** As a block of its own: a licence in markdown would bring its headings along. */
const quoted = (text: string): string => `\`\`\`text\n${text}\n\`\`\``;
