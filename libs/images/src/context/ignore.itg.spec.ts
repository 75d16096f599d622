/** Our reading of .dockerignore against BuildKit's: generated patterns and paths, copied whole into an exported folder. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { CiCacheError, run } from '@nx-ci-cache/process';
import { seeded, type Random } from '@nx-ci-cache/process/src/testing/random';
import { drawn, seed } from '@nx-ci-cache/process/src/testing/sample';
import { buildxWith, ensureBuilder } from '..';
import { startWorld, type World } from '../testing/world';
import { contextFilter } from './ignore';

/** As people name files, and as nobody should. */
const names =
  'a b ab c++ (x) a.pyc .env d-1 é A x^y p|q [z] {k} $v a\\b 9 foo !n #h b.md _ docs __pycache__ x.log node_modules';
const pieces =
  'a b ab c++ (x) .pyc * ** ? / / / [a-c] [^a] [ []a] [[:alpha:]] ] ^ \\\\ \\[ + | $ {k} . .. é foo # **/ /** - \\* 9 [\\d] _ docs *.md';

const some = <Value>({ between }: Random, low: number, high: number, make: () => Value): Value[] =>
  Array.from({ length: between(low, high) }, make);

interface Case {
  readonly text: string;
  readonly paths: readonly string[];
}

/** About a hundred files, and up to four patterns. */
const generated = (at: number): Case => {
  const random = seeded(`${seed}/ignore/${at}`);
  const { between, pick } = random;
  const paths = some(random, 130, 130, () => some(random, 1, 4, () => pick(names.split(' '))).join('/'));
  const lines = some(random, 1, 4, () => {
    const exception = between(0, 3) === 0 ? '!' : '';
    return exception + some(random, 1, 3, () => pick(pieces.split(' '))).join('');
  });
  const isFolder = (path: string) => paths.some((other) => other.startsWith(`${path}/`));
  return { text: lines.join('\n'), paths: [...new Set(paths)].filter((path) => !isFolder(path)).sort() };
};

let world: World;
const parent = mkdtempSync(join(tmpdir(), 'ci-cache-ignore-'));

beforeAll(async () => {
  world = await startWorld();
  await ensureBuilder({ ...world, platforms: ['linux/amd64'], emit: () => undefined });
});
afterAll(async () => {
  rmSync(parent, { recursive: true, force: true });
  await world?.stop();
});

const write = (path: string, text: string) => {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
};

/** What BuildKit keeps; undefined when it refuses the patterns. */
const keptByBuildKit = async ({ text, paths }: Case, at: number): Promise<string[] | undefined> => {
  const [context, out] = [join(parent, `context-${at}`), join(parent, `out-${at}`)];
  for (const path of paths) write(join(context, path), '');
  write(join(context, '.dockerignore'), text);
  write(join(parent, 'Dockerfile'), 'FROM scratch\nCOPY . /\n');
  const where = ['--builder', world.definition.name, '--file', join(parent, 'Dockerfile')];
  const args = ['build', ...where, '--platform', 'linux/amd64', '--output', `type=local,dest=${out}`, context];
  const { exitCode } = await run(buildxWith(world.buildx, args), { accept: [0, 1] });
  if (exitCode !== 0) return undefined;
  return existsSync(out) ? filesIn(out).filter((path) => paths.includes(path)) : [];
};

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));

const keptByUs = ({ text, paths }: Case): string[] | undefined => {
  try {
    return paths.filter(contextFilter('.dockerignore', text));
  } catch (error) {
    if (error instanceof CiCacheError && error.code === 'OptionInvalid') return undefined;
    throw error;
  }
};

it.each(drawn([...Array(140).keys()], 10))('keeps and refuses what BuildKit does: patterns %i', async (at) => {
  const each = generated(at);
  const theirs = await keptByBuildKit(each, at);
  expect({ text: each.text, kept: keptByUs(each) }).toEqual({ text: each.text, kept: theirs?.sort() });
});
