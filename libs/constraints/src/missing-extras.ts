/** Extras a release does not have: the resolver only warns, and with the extra goes everything it would require. */
import { CiCacheError } from '@nx-ci-cache/process';
import type { CellFacts, TextFact } from '@nx-ci-cache/report';
import { normaliseName } from './pins';

/** @throws CiCacheError `ResolveFailed` naming those the mode's own texts ask for; of others' requirements nobody here is the author. */
export const refuseMissingExtras = (
  { mode, python, requirements, overrides = [] }: CellFacts,
  stderr: string,
): void => {
  const asked = [...requirements, ...overrides].flatMap(extrasIn);
  const found = [...stderr.matchAll(warning)].flatMap(([, name, version, extra]) =>
    asked
      .filter((each) => each.name === name && each.extra === extra)
      .map(({ path }) => `${path} asks for ${name}[${extra}], and ${name}==${version} has no such extra`),
  );
  if (found.length === 0) return;
  const missing = [...new Set(found)].sort();
  throw new CiCacheError('ResolveFailed', `${mode} on Python ${python}: ${missing.join('; ')}`, {
    remedy: 'Correct the extra, take it away, or bound the package to a release that has it.',
    data: { mode, python, missing },
  });
};

const warning = /^warning: The package `?([^`\s]+?)==([^`\s]+)`? does not have an extra named `?([^`\s]+?)`?$/gm;

interface AskedExtra {
  readonly path: string;
  readonly name: string;
  readonly extra: string;
}

/** Of lines and of a pyproject.toml alike: nothing else in these has a name just before a bracket. */
const extrasIn = ({ path, text }: TextFact): AskedExtra[] =>
  [...text.replaceAll(/(?:^|\s)#.*$/gm, '').matchAll(nameWithExtras)].flatMap(([, name = '', extras = '']) =>
    extras.split(',').map((extra) => ({ path, name: normaliseName(name), extra: normaliseName(extra.trim()) })),
  );

const nameWithExtras = /([a-z0-9][a-z0-9._-]*)[ \t]*\[([^\]\n]*)\]/gi;
