/** Pages of the Simple API, as JSON with upload times or as the older HTML without. */
import { createHash } from 'node:crypto';
import { normaliseName } from '../file/pins';
import { distributionOf, type Release } from './release';

export interface Page {
  readonly type: string;
  readonly body: string;
}

const json = 'application/vnd.pypi.simple.v1+json';

export const projectPage = (releases: readonly Release[], html: boolean): Page => {
  const files = releases.map(fileOf);
  if (!html) {
    const name = normaliseName(releases[0]?.name ?? '');
    const versions = [...new Set(releases.map(({ version }) => version))];
    return { type: json, body: JSON.stringify({ meta: { 'api-version': '1.1' }, name, versions, files }) };
  }
  const links = files.map(({ url, hashes, filename }) => `<a href="${url}#sha256=${hashes.sha256}">${filename}</a>`);
  return { type: 'text/html', body: `<!DOCTYPE html><html><body>\n${links.join('\n')}\n</body></html>\n` };
};

export const rootPage = (names: readonly string[], html: boolean): Page => {
  if (!html) {
    return {
      type: json,
      body: JSON.stringify({ meta: { 'api-version': '1.1' }, projects: names.map((name) => ({ name })) }),
    };
  }
  const links = names.map((name) => `<a href="${name}/">${name}</a>`);
  return { type: 'text/html', body: `<!DOCTYPE html><html><body>\n${links.join('\n')}\n</body></html>\n` };
};

const fileOf = (release: Release) => {
  const { file, bytes, metadata } = distributionOf(release);
  const uploaded = release.uploaded === undefined ? '2026-01-01T00:00:00.000000Z' : release.uploaded;
  return {
    filename: file,
    url: `../../files/${file}`,
    hashes: { sha256: sha256(bytes) },
    size: bytes.length,
    ...(release.requiresPython === undefined ? {} : { 'requires-python': release.requiresPython }),
    ...(release.kind === 'sdist' ? {} : { 'core-metadata': { sha256: sha256(Buffer.from(metadata)) } }),
    ...(uploaded === null ? {} : { 'upload-time': uploaded }),
    yanked: release.yanked ?? false,
  };
};

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
