/** Extras a release does not have: the resolver only warns, and with the extra goes everything it would require. */
import { CiCacheError } from '@nx-ci-cache/process';
import type { CellFacts, TextFact } from '@nx-ci-cache/records';
import { compileCell } from '../resolver/compile';
import { normaliseName } from '../file/pins';
import { phrases } from '../resolver/phrases';

/** @throws CiCacheError `ResolveFailed` naming those the mode's own texts ask for; of others' requirements nobody here is the author. */
export const refuseMissingExtras = async (facts: CellFacts, stderr: string, signal?: AbortSignal): Promise<void> => {
  const { mode, python, requirements, overrides = [] } = facts;
  const asked = [...requirements, ...overrides].flatMap(extrasIn);
  const found: string[] = [];
  for (const [, name = '', version = '', extra = ''] of stderr.matchAll(phrases.missingExtra.pattern)) {
    const by = asked.filter((each) => each.name === name && each.extra === extra);
    if (by.length === 0 || (await givesSomething({ name, version, extra }, facts, signal))) continue;
    for (const { path } of by)
      found.push(`${path} asks for ${name}[${extra}], and ${name}==${version} has no such extra`);
  }
  if (found.length === 0) return;
  const missing = [...new Set(found)].sort();
  throw new CiCacheError('ResolveFailed', `${mode} on Python ${python}: ${missing.join('; ')}`, {
    remedy: 'Correct the extra, take it away, or bound the package to a release that has it.',
    data: { mode, python, missing },
  });
};

/** Metadata may name an extra in markers alone: the resolver warns all the same, and takes what the extra requires. */
export const givesSomething = async (
  { name, version, extra }: { readonly name: string; readonly version: string; readonly extra: string },
  facts: CellFacts,
  signal?: AbortSignal,
): Promise<boolean> => {
  const resolved = (text: string) =>
    compileCell({ ...facts, requirements: [{ path: 'an extra', text }] }, signal ? { signal } : {});
  const without = await resolved(`${name}==${version}\n`);
  return without.output !== (await resolved(`${name}[${extra}]==${version}\n`)).output;
};

interface AskedExtra {
  readonly path: string;
  readonly name: string;
  readonly extra: string;
}

/** Of lines and of a pyproject.toml alike: nothing else in these has a name just before a bracket. */
export const extrasIn = ({ path, text }: TextFact): AskedExtra[] =>
  [...text.replaceAll(/(?:^|\s)#.*$/gm, '').matchAll(nameWithExtras)].flatMap(([, name = '', extras = '']) =>
    extras.split(',').map((extra) => ({ path, name: normaliseName(name), extra: normaliseName(extra.trim()) })),
  );

const nameWithExtras = /([a-z0-9][a-z0-9._-]*)[ \t]*\[([^\]\n]*)\]/gi;
