import { builderDefinition } from '../definition';
import { emulatorName, emulatorOf } from './binfmt';
import { wayOf } from './ensure-emulation';
import { installCommands } from './install';

it.each([
  ['linux/arm64', 'qemu-aarch64'],
  ['linux/amd64/v3', 'qemu-x86_64'],
  ['linux/arm/v7', 'qemu-arm'],
  ['linux/s390x', 'qemu-s390x'],
])('%s is run by %s', (platform, name) => {
  expect(emulatorName(platform)).toBe(name);
});

it.each([
  [undefined, 'absent'],
  ['disabled\ninterpreter /usr/bin/qemu\nflags: F\n', 'disabled'],
  ['enabled\ninterpreter /usr/bin/qemu\nflags: \noffset 0\n', 'not fixed'],
  ['enabled\ninterpreter /usr/bin/qemu\nflags: OC\noffset 0\nmagic 46F\n', 'not fixed'],
  ['enabled\ninterpreter /usr/libexec/qemu\nflags: PF\noffset 0\n', 'ready'],
])('an entry %j is %s', (entry, emulator) => {
  expect(emulatorOf(entry)).toBe(emulator);
});

it.each([
  ['remote', 'unix:///run/b.sock', 'packages'],
  ['remote', 'ssh://arm', undefined],
  ['docker-container', undefined, 'engine'],
  ['docker-container', 'arm-context', undefined],
  ['kubernetes', undefined, undefined],
])('a node of %s at %s is reached by %s', (driver, endpoint, way) => {
  const node = { platforms: ['linux/arm64'], ...(endpoint === undefined ? {} : { endpoint }) };
  expect(wayOf(builderDefinition({ name: 'b', driver, nodes: [node] }), 'linux/arm64')).toBe(way);
});

it('is installed by the pinned image, or by packages that are then registered', () => {
  const argv = (...args: Parameters<typeof installCommands>) =>
    installCommands(...args).map((command) => [command.file, ...command.args].join(' '));
  expect(argv('engine', 'linux/arm/v7', {})).toEqual([
    expect.stringMatching(
      /^docker run --privileged --rm docker\.io\/tonistiigi\/binfmt:[\w.-]+@sha256:[0-9a-f]{64} --install arm\/v7$/,
    ),
  ]);
  expect(argv('packages', 'linux/arm64', {}, false)).toEqual([
    'apt-get install --yes --no-install-recommends qemu-user-static binfmt-support',
    'mount -t binfmt_misc binfmt_misc /proc/sys/fs/binfmt_misc',
    'update-binfmts --enable qemu-aarch64',
  ]);
});
