/** Package names in their one spelling, so that `Zope.Interface` and `zope-interface` are the same package everywhere. */

/** The form the packaging specification normalises names to. */
export const normaliseName = (name: string): string => name.toLowerCase().replaceAll(/[-_.]+/g, '-');
