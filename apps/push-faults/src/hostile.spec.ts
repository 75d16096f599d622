/** A sample of generated hostile names, URLs and lines; tools/bench hostile tries a hundred thousand. */
import fc from 'fast-check';
import { properties } from './hostile';

it.each(Object.entries(properties))('hostile %s', (_name, property) => {
  fc.assert(property as fc.IPropertyWithHooks<unknown>, { numRuns: 1000, seed: 5 });
});
