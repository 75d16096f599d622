import { cutoffOf } from './cutoff';

const config = { index: { settleSeconds: 3600, windowSeconds: 86_400 } } as Parameters<typeof cutoffOf>[2];
const now = new Date('2026-05-03T12:00:00Z');
const of = (given?: string, published?: string) => cutoffOf(given, published, config, now);

it('is the given one, else that of the published files, else the newest that has settled', () => {
  expect(of('2026-05-03T11:00:00Z', '2026-05-01T00:00:00Z')).toBe('2026-05-03T11:00:00Z');
  expect(of(undefined, '2026-05-01T00:00:00Z')).toBe('2026-05-01T00:00:00Z');
  expect(of()).toBe('2026-05-03T00:00:00Z');
});

it.each(['2026-05-03T11:00:01Z', '2126-05-01T00:00:00Z'])('refuses %s, which has not settled', (given) => {
  expect(() => of(given)).toThrow(
    `switches: cutoff = "${given}"\n  allowed: an instant no later than 2026-05-03T11:00:00Z, which is now − index.settle`,
  );
});

it('does not follow a published one that lies in the future', () => {
  expect(of(undefined, '2126-05-01T00:00:00Z')).toBe('2026-05-03T00:00:00Z');
});
