/** What is shown, as the part of the address behind `#`: a link to it shows the same to somebody else. */
import type { PinMark } from '@nx-ci-cache/report/src/page/page-data';

export const sections = ['constraints', 'images', 'proof', 'run'] as const;
export type Section = (typeof sections)[number];

export interface Route {
  readonly section: Section;
  /** Name of a constraint file. */
  readonly file?: string;
  readonly pin?: string;
  /** Text that names must contain. */
  readonly search: string;
  /** What is asked of rows; `changed`: any change. */
  readonly mark?: PinMark | 'changed';
}

export const parseRoute = (hash: string): Route => {
  const [path = '', query = ''] = hash.replace(/^#/, '').split('?');
  const [section, file, pin] = path.split('/').map(decoded);
  const asked = new URLSearchParams(query);
  const mark = asked.get('kind');
  return {
    section: sections.find((each) => each === section) ?? 'constraints',
    ...(file ? { file } : {}),
    ...(pin ? { pin } : {}),
    search: asked.get('search') ?? '',
    // Another word than one of the marks finds no row, and the page says so.
    ...(mark ? { mark: mark as NonNullable<Route['mark']> } : {}),
  };
};

export const routeHash = ({
  section,
  file,
  pin,
  search = '',
  mark,
}: Omit<Route, 'search'> & Partial<Route>): string => {
  const path = [section, ...[file ?? []].flat(), ...(file === undefined ? [] : [pin ?? []].flat())];
  const query = new URLSearchParams({
    ...(search === '' ? {} : { search }),
    ...(mark === undefined ? {} : { kind: mark }),
  }).toString();
  return `#${path.map(encodeURIComponent).join('/')}${query === '' ? '' : `?${query}`}`;
};

/** An address that somebody cut in the middle of a character is still an address. */
const decoded = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
};
