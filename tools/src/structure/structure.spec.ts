/** The house's plan, held by its sources: imports lead one way and never round, and a file holds one idea. */
import layers from './layers.json';
import { circlesOf, grouped, type Graph } from './circles';
import { readSources } from './sources';

const sources = readSources();
const graph: Graph = new Map(sources.map(({ file, imports }) => [file, new Set(imports)]));
const projectOf = new Map(sources.map(({ file, project }) => [file, project]));
const isForTests = (file: string) => /\/testing\/|\.testing\.ts$/.test(file);

/** The folders that hold sources, and those that hold such folders. */
const folders = new Set(
  sources.flatMap(({ file }) => file.split('/').map((_, at, parts) => parts.slice(0, at).join('/'))),
);

/** Which of a folder's own folders a file lies in; what lies beside them, such as a barrel, is in none. */
const roomIn = (folder: string) => (file: string) =>
  file.startsWith(`${folder}/`) ? /^[^/]+(?=\/)/.exec(file.slice(folder.length + 1))?.[0] : undefined;

const importsWhere = (wrong: (from: string, to: string) => boolean) =>
  sources.flatMap(({ file, imports }) => imports.filter((to) => wrong(file, to)).map((to) => `${file} → ${to}`));

describe('the sources', () => {
  it('import nothing in a circle', () => {
    expect(circlesOf(graph)).toEqual([]);
  });

  it('have rooms that import nothing in a circle', () => {
    const circles = [...folders].map((folder) => [folder, circlesOf(grouped(graph, roomIn(folder)))] as const);
    expect(circles.filter(([, found]) => found.length > 0)).toEqual([]);
  });

  it('import only what lies below their layer', () => {
    const at = (file: string) => layers.indexOf(projectOf.get(file)?.layer ?? '');
    expect(new Set(sources.map(({ file }) => at(file)))).not.toContain(-1);
    expect(importsWhere((from, to) => projectOf.get(from) !== projectOf.get(to) && at(to) <= at(from))).toEqual([]);
  });

  it('leave what is for tests to tests', () => {
    const product = ['plugin', 'step', 'config', 'records', 'way-out', 'process'];
    const isProduct = (file: string) => product.includes(projectOf.get(file)?.layer ?? '') && !isForTests(file);
    expect(importsWhere((from, to) => isProduct(from) && !isProduct(to))).toEqual([]);
  });

  it('are short', () => {
    const lines = sources.map((source) => source.lines).sort((a, b) => a - b);
    expect(lines[Math.floor(lines.length / 2)]).toBeLessThanOrEqual(60);
    expect(sources.filter((source) => source.lines > 250).map(({ file }) => file)).toEqual([]);
  });
});

describe('circlesOf', () => {
  it.each<[what: string, edges: Record<string, string[]>, circles: string[][]]>([
    ['none', { a: ['b', 'c'], b: ['c'], c: [] }, []],
    ['two that name each other', { a: ['b'], b: ['a'] }, [['a', 'b']]],
    ['a longer one beside what leads to it', { x: ['c'], a: ['b'], b: ['c'], c: ['a', 'd'], d: [] }, [['a', 'b', 'c']]],
    [
      'two apart',
      { a: ['b'], b: ['a'], c: ['d'], d: ['c', 'a'] },
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
  ])('finds %s', (_what, edges, circles) => {
    expect(circlesOf(new Map(Object.entries(edges).map(([from, to]) => [from, new Set(to)])))).toEqual(circles);
  });
});
