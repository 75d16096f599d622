/** `.dockerignore` as BuildKit reads it; patterns on which the two readings differ are refused. */
import dockerignore from '@balena/dockerignore';
import { CiCacheError } from '@nx-ci-cache/process';

const refusals: readonly { readonly refuses: (pattern: string) => boolean; readonly why: string }[] = [
  { refuses: (pattern) => pattern === '!', why: 'a lone "!" excludes nothing' },
  { refuses: hasOpenBracket, why: 'the "[" is never closed' },
  { refuses: (pattern) => /[^/!]\*\*|\*\*[^/]/.test(pattern), why: '"**" must stand alone between slashes' },
];

/** A test for paths relative to the context: true when the file belongs to it. @throws CiCacheError `OptionInvalid`. */
export const contextFilter = (file: string, text: string): ((path: string) => boolean) => {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  lines.forEach((line, index) => {
    const pattern = line.startsWith('#') ? '' : line.trim();
    const refusal = refusals.find(({ refuses }) => refuses(pattern));
    if (refusal !== undefined) throw patternInvalid(`${file}:${index + 1}`, pattern, refusal.why);
  });
  const ignore = dockerignore({ ignorecase: false }).add(lines);
  return (path) => !ignore.ignores(path);
};

function hasOpenBracket(pattern: string): boolean {
  return /\[(?!\^?[^\]]+\])/.test(pattern.replace(/\\./g, ''));
}

const patternInvalid = (place: string, pattern: string, why: string) =>
  new CiCacheError('OptionInvalid', `${place}: pattern "${pattern}": ${why}`, {
    remedy: 'Rewrite the pattern so that every reader of the file agrees on it.',
    data: { place, pattern },
  });
