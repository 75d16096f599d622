/** Makes a Debian root with Python and uv for either platform, without running a foreign platform's program. */
import type { Command } from '@nx-ci-cache/process';
import { childEnvironment } from '@nx-ci-cache/process';
import type { NodeName } from '../words';
import { packages, type BaseRecipe } from './recipe';

export interface RootPlan {
  readonly recipe: BaseRecipe;
  readonly node: NodeName;
  readonly mirror: string;
  /** The uv binary of that platform; it goes to /usr/local/bin. */
  readonly uv: string;
  /** A tar of the standard library's compiled files, which are the same for all platforms. */
  readonly compiled: string;
  /** Whether this machine runs the platform natively: it then writes `compiled`, and else it reads it. */
  readonly native: boolean;
  /** The tar to write. */
  readonly tar: string;
}

/** One /usr, as on an installed system; packages of bookworm still ship files below /bin and /lib. */
const mergeUsr =
  'mkdir -p "$1/usr/bin" "$1/usr/sbin" "$1/usr/lib" "$1/usr/lib64" && ln -s usr/bin usr/sbin usr/lib usr/lib64 "$1/"';

/** What the packages' install scripts would have done; `extract` does not run them, and could not for a foreign platform. */
const configure = [
  'cp "$1/usr/share/base-passwd/passwd.master" "$1/etc/passwd"',
  'cp "$1/usr/share/base-passwd/group.master" "$1/etc/group"',
  'mkdir -p "$1/etc/ssl/certs" && cat "$1"/usr/share/ca-certificates/mozilla/*.crt >"$1/etc/ssl/certs/ca-certificates.crt"',
  // In an image there is no apt to protect from an installer.
  'rm -f "$1"/usr/lib/python3.*/EXTERNALLY-MANAGED',
  'rm -rf "$1"/usr/share/doc "$1"/usr/share/man "$1"/usr/share/locale "$1"/usr/share/info "$1"/usr/share/lintian',
];

/**
 * Without compiled files each `RUN` would compile what it imports again, seconds under emulation. They are never checked
 * against their source: an image changes the times that the other modes compare.
 */
const compile = [
  // -B -f: what Python itself imports here must be compiled in the same mode as the rest.
  // The inner shell sees the root's own folders; the outer one would expand the pattern to this machine's.
  `chroot "$1" sh -c 'python3 -B -m compileall -q -f --invalidation-mode unchecked-hash /usr/lib/python3*/'`,
  'cd "$1" && find usr/lib/python3* -name "*.pyc" -print0 | sort -z | tar --null --files-from=- -cf "$CI_CACHE_COMPILED"',
];
const reuseCompiled = ['tar -C "$1" --owner=0 --group=0 -xf "$CI_CACHE_COMPILED"'];

/** Files newer than this carry this time, so that the same packages give the same bytes. */
const epoch = '1735689600';

/** Hooks are shell text: the paths in them travel in the environment. */
export const rootCommand = ({ recipe, node, mirror, uv, compiled, native, tar }: RootPlan): Command => ({
  file: 'mmdebstrap',
  args: [
    '--quiet',
    '--variant=extract',
    `--arch=${node}`,
    `--include=${packages.join(',')}`,
    `--setup-hook=${mergeUsr}`,
    ...[...configure, ...(native ? compile : reuseCompiled)].map((hook) => `--extract-hook=${hook}`),
    '--extract-hook=install -D -m 755 "$CI_CACHE_UV_BINARY" "$1/usr/local/bin/uv"',
    recipe.suite,
    tar,
    mirror,
  ],
  env: childEnvironment({ SOURCE_DATE_EPOCH: epoch, CI_CACHE_UV_BINARY: uv, CI_CACHE_COMPILED: compiled }),
});
