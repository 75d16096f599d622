/** Releases tests publish, made in memory: a wheel that resolves, and a source distribution whose metadata its own code writes. */
import { strToU8, zipSync, type Zippable } from 'fflate';

export interface Release {
  readonly name: string;
  readonly version: string;
  /** Requirements as a wheel's metadata spells them. */
  readonly requires?: readonly string[];
  /** Names of extras; their requirements carry a marker in `requires`. */
  readonly extras?: readonly string[];
  /** ISO 8601 UTC, null for an index that does not say. Default: 2026-01-01. */
  readonly uploaded?: string | null;
  readonly yanked?: boolean | string;
  /** Default: a wheel. */
  readonly kind?: 'wheel' | 'sdist';
}

export interface Distribution {
  readonly file: string;
  readonly bytes: Buffer;
  readonly metadata: string;
}

export const distributionOf = (release: Release): Distribution =>
  release.kind === 'sdist' ? sdistOf(release) : wheelOf(release);

const metadataOf = ({ name, version, requires = [], extras = [] }: Release): string =>
  [
    'Metadata-Version: 2.1',
    `Name: ${name}`,
    `Version: ${version}`,
    ...extras.map((extra) => `Provides-Extra: ${extra}`),
    ...requires.map((requirement) => `Requires-Dist: ${requirement}`),
    '',
  ].join('\n');

const wheelOf = (release: Release): Distribution => {
  const stem = stemOf(release);
  const metadata = metadataOf(release);
  const files = {
    [`${stem}.dist-info/METADATA`]: metadata,
    [`${stem}.dist-info/WHEEL`]: 'Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n',
    [`${stem}.dist-info/RECORD`]: '',
  };
  return { file: `${stem}-py3-none-any.whl`, bytes: zip(files), metadata };
};

/** Its build backend is a file of its own, so that building needs nothing from an index and shows whose code ran. */
const sdistOf = (release: Release): Distribution => {
  const stem = stemOf(release);
  const metadata = metadataOf(release);
  const files = {
    [`${stem}/pyproject.toml`]: '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n',
    [`${stem}/PKG-INFO`]: metadata,
    [`${stem}/backend.py`]: backend(stem, metadata),
  };
  return { file: `${stem}.zip`, bytes: zip(files), metadata };
};

const backend = (stem: string, metadata: string): string =>
  [
    'import os',
    'def prepare_metadata_for_build_wheel(folder, settings=None):',
    `    info = os.path.join(folder, ${JSON.stringify(`${stem}.dist-info`)})`,
    '    os.makedirs(info)',
    `    open(os.path.join(info, 'METADATA'), 'w').write(${JSON.stringify(metadata)})`,
    `    open(os.path.join(info, 'WHEEL'), 'w').write('Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n')`,
    `    return ${JSON.stringify(`${stem}.dist-info`)}`,
    '',
  ].join('\n');

const stemOf = ({ name, version }: Release): string => `${name.replaceAll(/[-.]+/g, '_')}-${version}`;

const zip = (files: Readonly<Record<string, string>>): Buffer => {
  const entries: Zippable = Object.fromEntries(Object.entries(files).map(([path, text]) => [path, strToU8(text)]));
  return Buffer.from(zipSync(entries, { level: 0, mtime: '2026-01-01' }));
};
