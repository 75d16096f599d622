/** Whether a build failed because of its node, which no Dockerfile mends: dead, hanging, or not the machine it was taken for. */

interface NodeFault {
  /** Matches buildx's last words, the name of the step that failed, or what that step printed. */
  readonly words?: RegExp;
  readonly step?: RegExp;
  readonly printed?: RegExp;
  readonly remedy: string;
}

export const goneRemedy = 'The node of this platform went away: start it, run setup-builder, then run again.';

const faults: readonly NodeFault[] = [
  // A daemon that died under the build, a host that was reset, an ssh that ended.
  { words: /failed to receive status: rpc error: code = (Unavailable|Internal)/, remedy: goneRemedy },
  // The same of other calls; a registry's 503 is called Service Unavailable.
  { words: /(?<!Service )\bUnavailable(:| desc =)/, remedy: goneRemedy },
  { words: /command \[ssh .*\] has exited with/, remedy: goneRemedy },
  // One that does not answer when the build begins, or whose authority is another.
  { step: /^\[internal\] (waiting for connection|booting buildkit)$/, remedy: goneRemedy },
  { words: /no active session for .*: context deadline exceeded|listing workers for Build/, remedy: goneRemedy },
  {
    // Of the step's own process; a shell that could be started says it otherwise of a program.
    printed: /^exec \S+: exec format error$/m,
    remedy: 'The node of this platform cannot run its programs: setup-builder --check says what it lacks.',
  },
];

/** What to do about the node; undefined when the node is not at fault. */
export const nodeRemedy = (words: string, step: string | undefined, printed: string): string | undefined =>
  faults.find(
    (fault) =>
      fault.words?.test(words) === true ||
      (step !== undefined && fault.step?.test(step) === true) ||
      fault.printed?.test(printed) === true,
  )?.remedy;
