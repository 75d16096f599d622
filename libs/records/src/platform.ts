/** Platforms as BuildKit tells them apart: two spellings may be one platform, and one machine may run several without emulation. */

/** A variant that every machine of that architecture has is left out. */
const spellings: Readonly<Record<string, string>> = {
  'linux/amd64/v1': 'linux/amd64',
  'linux/arm64/v8': 'linux/arm64',
};

export const normalPlatform = (platform: string): string => spellings[platform] ?? platform;

/** Without its variant: what wheels are made for, and so what constraints can differ by. */
export const architectureOf = (platform: string): string => platform.split('/').slice(0, 2).join('/');

/** What machines of one architecture run beside their own. */
const alsoRun: Readonly<Record<string, string>> = { amd64: '386', arm64: 'arm' };

/** Whether a machine of the platform `host` runs `platform` without an emulator. */
export const isNative = (platform: string, host: string): boolean => {
  const [[os, wanted], [hostOs, has = '']] = [platform, host].map((each) => each.split('/')) as [string[], string[]];
  return os === hostOs && (wanted === has || wanted === alsoRun[has]);
};
