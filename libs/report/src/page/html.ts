/** The page as one file: the template with the data in it. What comes from outside is data there, and never markup. */
import { invisible, redact } from '@nx-ci-cache/process';
import { dataMark } from './mark';
import type { PageData } from './page-data';
import { pageTemplate } from './page-template';

export const htmlPage = async (data: PageData): Promise<string> => withData(await pageTemplate(), scriptText(data));

/** @param template a text that holds the mark once. */
const withData = (template: string, data: string): string => {
  const at = template.indexOf(dataMark);
  return template.slice(0, at) + data + template.slice(at + dataMark.length);
};

const everyInvisible = new RegExp(invisible, 'gu');

/** JSON in which nothing ends a script or begins a comment, and no invisible character turns a name around. */
export const scriptText = (data: PageData): string =>
  redact(JSON.stringify(data, (_key, value: unknown) => (typeof value === 'string' ? plain(value) : value)))
    .replaceAll('<', '\\u003c')
    .replaceAll('>', '\\u003e')
    .replaceAll('&', '\\u0026');

/** Lines stay lines. */
const plain = (text: string): string => text.replaceAll(everyInvisible, (sign) => (sign === '\n' ? sign : ''));
