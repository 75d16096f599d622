/** The extras a pin is required with: the resolver does not say them, and each adds requirements of its own. */
import type { CellFacts } from '@nx-ci-cache/records';
import { extrasIn } from '../explain/missing-extras';
import type { Annotated } from '../resolver/annotated';
import type { Known } from './known';

/** By the texts of the mode, and by the packages that require it; sorted. */
export const extrasAsked = async (
  name: string,
  { pins, requirers }: Annotated,
  { requirements }: CellFacts,
  known: Known,
): Promise<readonly string[]> => {
  const own = requirements.flatMap(extrasIn).flatMap((each) => (each.name === name ? [each.extra] : []));
  const others = (requirers.get(name) ?? []).map(async (by) => {
    const version = 'package' in by ? pins.get(by.package) : undefined;
    if (!('package' in by) || version === undefined) return [];
    const { requires } = await known.metadata(by.package, version);
    return requires.flatMap((each) => (each.name === name ? each.extras : []));
  });
  return [...new Set([...own, ...(await Promise.all(others)).flat()])].sort();
};
