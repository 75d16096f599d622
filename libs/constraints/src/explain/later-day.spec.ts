import { firstSolving, laterDays } from './later-day';

describe('laterDays', () => {
  it.each([
    ['2026-05-01T00:00:00Z', '2026-05-01T00:00:00Z', []],
    ['2026-05-01T00:00:00Z', '2026-05-01T01:00:00Z', ['2026-05-02T00:00:00Z']],
    ['2026-05-01T09:00:00Z', '2026-05-03T08:00:00Z', ['2026-05-02T09:00:00Z', '2026-05-03T09:00:00Z']],
    ['2026-05-02T00:00:00Z', '2026-05-01T00:00:00Z', []],
  ])('after %s, seen at %s', (cutoff, now, days) => {
    expect(laterDays(cutoff, new Date(now))).toEqual(days);
  });
});

describe('firstSolving', () => {
  const days = laterDays('2026-01-01T00:00:00Z', new Date('2026-12-31T00:00:00Z'));

  it.each([0, 1, 100, days.length - 2, days.length - 1])('finds day %i of a year in few tries', async (first) => {
    const tried: string[] = [];
    const found = await firstSolving(days, async (cutoff) => {
      tried.push(cutoff);
      return days.indexOf(cutoff) >= first;
    });
    expect(found).toBe(days[first]);
    expect(tried.length).toBeLessThanOrEqual(2 + Math.ceil(Math.log2(days.length)));
  });

  it('tries once when no day solves, and not at all without days', async () => {
    const solves = jest.fn(async () => false);
    expect(await firstSolving(days, solves)).toBeUndefined();
    expect(await firstSolving([], solves)).toBeUndefined();
    expect(solves).toHaveBeenCalledTimes(1);
  });
});
