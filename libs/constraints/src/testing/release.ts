/** Releases tests publish, made in memory: a wheel that resolves, and a source distribution whose metadata its own code writes. */
import { strToU8, zipSync, type Zippable } from 'fflate';

export interface Release {
  readonly name: string;
  readonly version: string;
  /** Requirements as a wheel's metadata spells them. */
  readonly requires?: readonly string[];
  /** Names of extras; their requirements carry a marker in `requires`. */
  readonly extras?: readonly string[];
  /** Pythons it admits, e.g. `>=3.13.2`. */
  readonly requiresPython?: string;
  /** ISO 8601 UTC, null for an index that does not say. Default: 2026-01-01. */
  readonly uploaded?: string | null;
  readonly yanked?: boolean | string;
  /** Tags of a wheel. Default: `py3-none-any`. */
  readonly tags?: string;
  /** Default: a wheel. */
  readonly kind?: 'wheel' | 'sdist';
  /** Modules of a wheel, text by path. */
  readonly modules?: Readonly<Record<string, string>>;
  /** Package of the index that builds this sdist, by a module of the same name. Default: a file of its own. */
  readonly builtBy?: string;
}

export interface Distribution {
  readonly file: string;
  readonly bytes: Buffer;
  readonly metadata: string;
}

export const distributionOf = (release: Release): Distribution =>
  release.kind === 'sdist' ? sdistOf(release) : wheelOf(release);

const metadataOf = ({ name, version, requires = [], extras = [], requiresPython }: Release): string =>
  [
    'Metadata-Version: 2.1',
    `Name: ${name}`,
    `Version: ${version}`,
    ...(requiresPython === undefined ? [] : [`Requires-Python: ${requiresPython}`]),
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
    ...release.modules,
  };
  return { file: `${stem}-${release.tags ?? 'py3-none-any'}.whl`, bytes: zip(files), metadata };
};

/** Without `builtBy` its build backend is a file of its own, so that building needs nothing from an index. */
const sdistOf = (release: Release): Distribution => {
  const stem = stemOf(release);
  const { builtBy } = release;
  const metadata = metadataOf(release);
  const system =
    builtBy === undefined
      ? 'requires = []\nbuild-backend = "backend"\nbackend-path = ["."]'
      : `requires = ["${builtBy}"]\nbuild-backend = "${builtBy}"`;
  const files = {
    [`${stem}/pyproject.toml`]: `[build-system]\n${system}\n`,
    [`${stem}/PKG-INFO`]: metadata,
    ...(builtBy === undefined ? { [`${stem}/backend.py`]: buildBackend() } : {}),
  };
  return { file: `${stem}.zip`, bytes: zip(files), metadata };
};

/** Python code that turns an sdist's PKG-INFO into metadata, and adds requirements that show whose code ran. */
export const buildBackend = (...requires: readonly string[]): string =>
  [
    'import os',
    'def prepare_metadata_for_build_wheel(folder, settings=None):',
    `    text = open('PKG-INFO').read() + ${JSON.stringify(requires.map((each) => `Requires-Dist: ${each}\n`).join(''))}`,
    '    fields = dict(line.split(": ", 1) for line in text.splitlines())',
    '    info = fields["Name"] + "-" + fields["Version"] + ".dist-info"',
    '    os.makedirs(os.path.join(folder, info))',
    `    open(os.path.join(folder, info, 'METADATA'), 'w').write(text)`,
    `    open(os.path.join(folder, info, 'WHEEL'), 'w').write('Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n')`,
    '    return info',
    '',
  ].join('\n');

const stemOf = ({ name, version }: Release): string => `${name.replaceAll(/[-.]+/g, '_')}-${version}`;

const zip = (files: Readonly<Record<string, string>>): Buffer => {
  const entries: Zippable = Object.fromEntries(Object.entries(files).map(([path, text]) => [path, strToU8(text)]));
  return Buffer.from(zipSync(entries, { level: 0, mtime: '2026-01-01' }));
};
