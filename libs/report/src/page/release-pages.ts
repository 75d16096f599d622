/** Where people read of one release: the page of the index that has it, or nothing. */

/**
 * With `{name}` and `{version}`. Warehouse serves its pages beside `/simple/`; of any other index only the Simple API's own
 * list of files is known. Undefined where that is no https address.
 */
export const releasePages = (indexUrl: string | undefined): string | undefined => {
  if (indexUrl === undefined || !URL.canParse(indexUrl)) return undefined;
  const { protocol, origin, pathname } = new URL(indexUrl);
  if (protocol !== 'https:') return undefined;
  const path = pathname.replace(/\/*$/, '/');
  return path === '/simple/' ? `${origin}/project/{name}/{version}/` : `${origin}${path}{name}/`;
};
