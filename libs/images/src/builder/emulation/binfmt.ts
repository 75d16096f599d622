/** What Linux runs programs of other platforms with, in its own words. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

export type Emulator = 'ready' | 'absent' | 'disabled' | 'not fixed';

/** As QEMU calls architectures that Go, and with it BuildKit, calls otherwise. */
const names: Readonly<Record<string, string>> = {
  ...{ amd64: 'x86_64', arm64: 'aarch64', '386': 'i386', mips64le: 'mips64el', loong64: 'loongarch64' },
};

/** Of its entry: that of Debian, and that of the image alike. */
export const emulatorName = (platform: string): string => {
  const architecture = platform.split('/')[1] ?? '';
  return `qemu-${names[architecture] ?? architecture}`;
};

/** @param entry text of its file; undefined when there is none. */
export const emulatorOf = (entry: string | undefined): Emulator => {
  if (entry === undefined) return 'absent';
  if (!entry.startsWith('enabled')) return 'disabled';
  // Without F the kernel looks for the interpreter inside the build's own root, where it is not.
  return /^flags: .*F/m.test(entry) ? 'ready' : 'not fixed';
};

export const binfmtFolder = '/proc/sys/fs/binfmt_misc';

export const readEmulator = async (platform: string): Promise<Emulator> =>
  emulatorOf(await readFile(join(binfmtFolder, emulatorName(platform)), 'utf8').catch(() => undefined));
