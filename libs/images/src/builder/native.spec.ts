import { emulationFault } from './native';

const built = (platform?: string) => ({
  'buildx.build.ref': 'b/n/1',
  'buildx.build.provenance': { invocation: { environment: platform === undefined ? {} : { platform } } },
});

it.each([
  ['linux/arm64', 'linux/arm64'],
  ['linux/386', 'linux/amd64'],
])('%s on %s is native', (platform, machine) => {
  expect(emulationFault('b', platform, built(machine))).toBeUndefined();
});

it.each([
  [built('linux/amd64'), 'is a machine of linux/amd64'],
  [built(), 'does not say what machine it is'],
])('names the node of a build that was or may have been emulated', (metadata, words) => {
  expect(emulationFault('b', 'linux/arm64', metadata)).toMatchObject({
    code: 'BuilderUnfit',
    message: `node n of builder b for linux/arm64 ${words}, and builder.requireNative refuses emulation`,
  });
});
