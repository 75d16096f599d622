/** What a layer tells of the C library in it: a wheel is for a glibc of at least one version, and for no other library. */

export type Found =
  /** N of glibc 2.N. */
  | { readonly library: 'glibc'; readonly minor: number }
  /** Alpine's, for which wheels of their own are made. */
  | { readonly library: 'musl' }
  | { readonly library: 'none' };

/** A file of a layer, and where it points to if it is a link. */
export interface LayerFile {
  readonly name: string;
  readonly linkname?: string;
}

const glibcFile = /^(?:usr\/)?lib(?:64)?\/(?:[a-z0-9_]+-linux-gnu[a-z0-9]*\/)?libc(?:\.so\.6|-2\.\d+\.so)$/;
const muslFile = /^(?:usr\/)?lib\/(?:ld-musl-[a-z0-9_]+\.so\.1|libc\.musl-[a-z0-9_]+\.so\.1)$/;
const named = /(?:^|\/)libc-2\.(\d+)\.so$/;
/** Each build of it says so when it is run: `GNU C Library (Debian GLIBC 2.36-9+deb12u13) stable release version 2.36.` */
const words = /GNU C Library [^\n]{0,200}?release version 2\.(\d+)/;

/** By the name alone; `content` where the file itself must say it, undefined for any other file. */
export const foundByName = ({ name, linkname }: LayerFile): Found | 'content' | undefined => {
  const path = name.replace(/^\.?\/+/, '');
  if (muslFile.test(path)) return { library: 'musl' };
  if (!glibcFile.test(path)) return undefined;
  const minor = named.exec(linkname ?? '')?.[1] ?? named.exec(path)?.[1];
  if (minor !== undefined) return { library: 'glibc', minor: Number(minor) };
  return linkname === undefined || linkname === '' ? 'content' : undefined;
};

export const foundInContent = (content: Buffer): Found | undefined => {
  const minor = words.exec(content.toString('latin1'))?.[1];
  return minor === undefined ? undefined : { library: 'glibc', minor: Number(minor) };
};
