import { isUsableWheel } from './usable';

describe('a wheel for Python 3.13 on Linux', () => {
  it.each([
    ['py3-none-any', true],
    ['py2.py3-none-any', true],
    ['py2-none-any', false],
    ['py313-none-any', true],
    ['py314-none-any', false],
    ['1-cp313-cp313-manylinux_2_17_x86_64.manylinux2014_x86_64', true],
    ['cp312-cp312-manylinux_2_17_x86_64', false],
    ['cp313-cp313t-manylinux_2_17_x86_64', false],
    ['cp39-abi3-manylinux_2_28_x86_64', true],
    ['cp314-abi3-manylinux_2_28_x86_64', false],
    ['cp313-cp313-manylinux_2_31_x86_64', false],
    ['cp313-cp313-manylinux_2_17_aarch64', false],
    ['cp313-cp313-musllinux_1_2_x86_64', false],
    ['cp313-none-manylinux1_x86_64', true],
    ['py3-none-win_amd64', false],
  ])('%s: %s', (tags, usable) => {
    expect(isUsableWheel(`a-1.0-${tags}.whl`, { python: '3.13' })).toBe(usable);
  });

  it('may need the newer Linux of the cell', () => {
    const file = 'a-1.0-cp313-cp313-manylinux_2_31_x86_64.whl';
    expect(isUsableWheel(file, { python: '3.13', linux: 'manylinux_2_36' })).toBe(true);
  });

  it.each([
    ['py3-none-any', 'linux/arm64', true],
    ['cp313-cp313-manylinux_2_17_aarch64.manylinux2014_aarch64', 'linux/arm64', true],
    ['cp313-cp313-manylinux_2_17_x86_64', 'linux/arm64', false],
    ['cp313-cp313-manylinux_2_31_armv7l', 'linux/arm/v7', false],
    ['cp39-abi3-manylinux_2_28_s390x', 'linux/s390x', true],
    ['py3-none-any', 'linux/mips', false],
  ])('%s on %s: %s', (tags, platform, usable) => {
    expect(isUsableWheel(`a-1.0-${tags}.whl`, { python: '3.13', platform })).toBe(usable);
  });

  it('is no source distribution', () => {
    expect(isUsableWheel('a-1.0-py3-none-any.tar.gz', { python: '3.13' })).toBe(false);
  });
});
