import { isNative, normalPlatform } from './platform';

it.each([
  ['linux/arm64/v8', 'linux/arm64'],
  ['linux/amd64/v1', 'linux/amd64'],
  ['linux/amd64/v3', 'linux/amd64/v3'],
  ['linux/arm/v8', 'linux/arm/v8'],
])('%s is %s to BuildKit', (written, normal) => {
  expect(normalPlatform(written)).toBe(normal);
});

it.each([
  ['linux/amd64', 'linux/amd64', true],
  ['linux/amd64/v3', 'linux/amd64', true],
  ['linux/386', 'linux/amd64', true],
  ['linux/arm/v7', 'linux/arm64', true],
  ['linux/arm64', 'linux/amd64', false],
  ['linux/amd64', 'linux/386', false],
  ['linux/riscv64', 'linux/arm64', false],
])('%s on %s is native: %s', (platform, host, native) => {
  expect(isNative(platform, host)).toBe(native);
});
