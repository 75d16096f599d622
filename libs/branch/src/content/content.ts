/** What may stand in a published file: pip obeys an index option or a URL in a constraint file, so only pins and comments. */
import { CiCacheError, invisible } from '@nx-ci-cache/process';
import { pinOf } from '@nx-ci-cache/records';

export type Files = Readonly<Record<string, string>>;

const fileName = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

/** @throws CiCacheError `OptionInvalid` for the first name or line that may not be published. */
export const checkFiles = (files: Files): void => {
  if (Object.keys(files).length === 0) throw refused('no file is named', 'Name at least one file to publish.');
  for (const [file, text] of Object.entries(files)) {
    checkFileName(file);
    const [wrong] = wrongLines(text);
    if (wrong === undefined) continue;
    throw refused(`${file}: ${wrong}`, 'Publish only name==version lines, comments that start with # and blank lines.');
  }
};

/** What others wrote is checked where it is handed on. @throws CiCacheError `PushRefused` naming file and line. */
export const checkPublished = (files: Files, branch: string): void => {
  for (const [file, text] of Object.entries(files)) {
    const [wrong] = wrongLines(text);
    if (wrong === undefined) continue;
    throw new CiCacheError('PushRefused', `${file} on ${branch}: ${wrong}, no name==version line and no comment`, {
      remedy: `Look who wrote that line to ${branch}; the next push that is not a preview takes it away.`,
    });
  }
};

/** Each line that may not be published, as a person reads it. */
export const wrongLines = (text: string): string[] =>
  text
    .split('\n')
    .flatMap((line, at) => (isAllowed(line) ? [] : [`line ${at + 1} is ${JSON.stringify(line.slice(0, 200))}`]));

/** @throws CiCacheError `OptionInvalid` for a name that is no plain file at the root of the branch. */
export const checkFileName = (file: string): void => {
  if (fileName.test(file) && !file.endsWith('.lock')) return;
  throw refused(
    `file name ${JSON.stringify(file)}`,
    'Name files by letters, digits and . _ -, without a folder, not beginning with . _ - and not ending with .lock.',
  );
};

const isAllowed = (line: string): boolean =>
  !invisible.test(line) && (line.startsWith('#') || line.trim() === '' || pinOf(line) !== undefined);

/** The lines that mean something, in their order. */
export const pinsIn = (text: string): string[] =>
  text.split('\n').filter((line) => !line.startsWith('#') && line.trim() !== '');

/** Whether two texts differ in nothing but comments and blank lines. */
export const samePins = (left: string, right: string): boolean => pinsIn(left).join('\n') === pinsIn(right).join('\n');

const refused = (what: string, remedy: string) =>
  new CiCacheError('OptionInvalid', `files to publish: ${what}`, { remedy });
