import { admits, environmentOf } from './marker';

const environment = environmentOf({ python: '3.12', patch: '3.12.4' }, ['extra-3-app-cpu']);

it.each<[string, boolean]>([
  ['', true],
  ["python_version >= '3.9'", true],
  ["python_version < '3.10'", false],
  ["python_full_version < '3.12.4'", false],
  ["python_full_version == '3.12.*'", true],
  ["'3.13' > python_version", true],
  ["'3.13' <= python_full_version", false],
  ['sys_platform == \'win32\' or os_name == "posix"', true],
  ["sys_platform == 'linux' and platform_machine != 'x86_64'", false],
  ["(sys_platform == 'win32' or python_version > '3') and platform_system == 'Linux'", true],
  ["sys_platform == 'win32' or python_version > '3' and platform_system == 'Darwin'", false],
  ["python_version not in '3.11 3.12'", false],
  ["'linux' in sys_platform", true],
  ["platform_python_implementation != 'PyPy'", true],
  ["platform_release >= '5'", false],
  ["extra == 'extra-3-app-cpu' and extra != 'extra-3-app-gpu'", true],
  ["extra == 'dev'", false],
])('%j is %s on Linux with Python 3.12.4', (marker, expected) => {
  expect(admits(marker, environment)).toBe(expected);
});

it('is evaluated on the platform of the cell', () => {
  const arm = environmentOf({ python: '3.12', platform: 'linux/arm64' });
  expect(admits("platform_machine == 'aarch64'", arm)).toBe(true);
  expect(admits("platform_machine == 'x86_64'", arm)).toBe(false);
});

it.each(["color == 'red'", 'sys_platform ==', "(sys_platform == 'linux'", "sys_platform == 'linux' 'x'"])(
  '%j is no marker',
  (marker) => {
    expect(() => admits(marker, environment)).toThrow('no marker');
  },
);

it('takes X.Y for X.Y.0', () => {
  expect(admits("python_full_version == '3.12.0'", environmentOf({ python: '3.12' }))).toBe(true);
});
