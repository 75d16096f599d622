import { chanceIn, drawn, paired } from './sample';

const rows = [1, 2, 3, 4, 5, 6, 7];
const columns = ['a', 'b', 'c'];
const seeds = Array.from({ length: 100 }, (_, at) => `seed ${at}`);
const by = (seed: string) => ({ seed, isWhole: false });
const whole = { seed: 'any', isWhole: true };

it('draws as many as asked, each once and in order, the same for the same seed', () => {
  for (const seed of seeds) {
    const sample = drawn(rows, 3, by(seed));
    expect(sample).toHaveLength(3);
    expect(sample).toEqual([...new Set(sample)].sort());
    expect(drawn(rows, 3, by(seed))).toEqual(sample);
  }
});

it('comes to every row, and to every pair, as seeds move', () => {
  expect(new Set(seeds.flatMap((seed) => drawn(rows, 1, by(seed)))).size).toBe(rows.length);
  const pairs = seeds.flatMap((seed) => paired(rows, columns, by(seed)).map(String));
  expect(new Set(pairs).size).toBe(rows.length * columns.length);
});

it.each([
  ['more rows', rows, columns],
  ['more columns', columns, rows],
])('leaves out no row and no column: %s', (_name, some, others) => {
  for (const seed of seeds) {
    const pairs = paired<string | number, string | number>(some, others, by(seed));
    expect(pairs).toHaveLength(rows.length);
    expect(new Set(pairs.map(([row]) => row)).size).toBe(some.length);
    expect(new Set(pairs.map(([, column]) => column)).size).toBe(others.length);
  }
});

it('is everything where the whole is asked for', () => {
  expect(drawn(rows, 1, whole)).toEqual(rows);
  expect(paired(rows, columns, whole)).toHaveLength(rows.length * columns.length);
  expect(chanceIn({ SAMPLE: 'whole', FAULTS_SEED: '7' })).toEqual({ seed: '7', isWhole: true });
  expect(chanceIn({})).toEqual({ seed: 'ci', isWhole: false });
});
