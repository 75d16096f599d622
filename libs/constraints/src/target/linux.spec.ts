import schema from '@nx-ci-cache/config/src/ci-cache.schema.json';
import { linuxWithGlibc } from './linux';

it.each([
  [16, undefined],
  [17, 'manylinux_2_17'],
  [27, 'manylinux_2_17'],
  [30, 'manylinux_2_28'],
  [36, 'manylinux_2_36'],
  [41, 'manylinux_2_40'],
])('glibc 2.%i has wheels of %s', (minor, linux) => {
  expect(linuxWithGlibc(minor)).toBe(linux);
});

it('knows those that can be written', () => {
  const { pattern } = schema.properties.constraints.properties.linux;
  const found = Array.from({ length: 60 }, (_, minor) => linuxWithGlibc(minor));
  for (const linux of found) if (linux !== undefined) expect(linux).toMatch(new RegExp(pattern));
  expect(new Set(found).size).toBe(13);
});
