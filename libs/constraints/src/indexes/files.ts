/** The files a project's page lists (PEP 691 JSON). */
import type { IndexPage } from './page';

export interface IndexFile {
  readonly filename?: unknown;
  readonly url?: unknown;
  readonly 'requires-python'?: unknown;
  readonly 'upload-time'?: unknown;
  readonly yanked?: unknown;
  /** Whether the file's metadata lies beside it. */
  readonly 'core-metadata'?: unknown;
}

export const noJson = 'the index does not speak the JSON of the Simple API';

/** Undefined for a page that is no JSON. */
export const filesOn = ({ type, body }: IndexPage): readonly IndexFile[] | undefined => {
  if (!type.includes('json')) return undefined;
  try {
    const { files } = JSON.parse(body) as { files?: unknown };
    return Array.isArray(files) ? files.filter((file) => file !== null && typeof file === 'object') : undefined;
  } catch {
    return undefined;
  }
};

export const isYanked = ({ yanked }: IndexFile): boolean => yanked !== undefined && yanked !== false;
