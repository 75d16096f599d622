/** One release on its project's pages (PEP 691 JSON with the upload times of PEP 700). */
import { explain } from '@renovatebot/pep440';
import type { ReleaseInfo } from '@nx-ci-cache/records';
import { filesOn, isYanked, noJson, type IndexFile } from '../indexes/files';
import type { IndexPage } from '../indexes/page';

const day = 24 * 60 * 60 * 1000;

/** @param read pages of the project, of which the first with the version counts; or why there are none. */
export const releaseOn = (
  read: readonly IndexPage[] | string,
  { version }: { readonly version: string },
  cutoff: string,
): ReleaseInfo => {
  if (typeof read === 'string') return { unknown: read };
  const listed = read.map(filesOn);
  const own = listed.map((files = []) => files.filter(({ filename }) => isOf(version, filename)));
  const found = own.find((files) => files.length > 0);
  if (found !== undefined) return { ...uploadOf(found, cutoff), ...yankOf(found) };
  return listed.includes(undefined)
    ? { unknown: noJson }
    : { unknown: 'the index has no file of this version any more' };
};

const isOf = (version: string, filename: unknown): boolean => {
  const found = typeof filename === 'string' ? versionIn(filename) : undefined;
  return found !== undefined && spelling(found) === spelling(version);
};

/** A wheel writes its version second; a source distribution writes it last. */
const versionIn = (filename: string): string | undefined => {
  if (filename.endsWith('.whl')) return filename.split('-')[1];
  const [, version] = /-([^-]+?)\.(?:tar\.[a-z0-9]+|tgz|zip)$/.exec(filename) ?? [];
  return version;
};

/** `1` and `1.0.0` are one version, and so are `1.0RC1` and `1.0rc1`. */
const spelling = (version: string): string => {
  const parsed = explain(version.replaceAll('_', '+'));
  if (parsed === null) return version;
  const { release, epoch, pre, post, dev, local } = parsed as unknown as Record<string, unknown> & {
    release: number[];
  };
  const last = release.findLastIndex((part) => part !== 0);
  return JSON.stringify([epoch, release.slice(0, last + 1), pre, post, dev, local]);
};

const uploadOf = (files: readonly IndexFile[], cutoff: string): Pick<ReleaseInfo, 'uploaded' | 'ageDays'> => {
  const times = files.map((file) => Date.parse(String(file['upload-time']))).filter((time) => !Number.isNaN(time));
  if (times.length === 0) return {};
  const first = Math.min(...times);
  return {
    uploaded: new Date(first).toISOString().replace(/\.\d+Z$/, 'Z'),
    ageDays: Math.floor((Date.parse(cutoff) - first) / day),
  };
};

/** A release is yanked when every file of it is. */
const yankOf = (files: readonly IndexFile[]): Pick<ReleaseInfo, 'yanked'> => {
  if (!files.every(isYanked)) return {};
  return { yanked: files.map(({ yanked }) => yanked).find((yanked) => typeof yanked === 'string') ?? '' };
};
