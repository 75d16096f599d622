/** Package names in their one spelling, so that `Zope.Interface` and `zope-interface` are the same package everywhere. */

/** The form the packaging specification normalises names to. */
export const normaliseName = (name: string): string => name.toLowerCase().replaceAll(/[-_.]+/g, '-');

/** Whether the specification takes it for a name: a template's placeholder, for one, is none. */
export const isPackageName = (name: string): boolean => /^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$/i.test(name);
