/** How long one git command may take: never longer than its own limit, nor than what asked for it has time left. */
import { steadyNow } from './clock';

/** Asked for before each command, because the time left shrinks. */
export type Limits = () => { readonly timeoutMs: number; readonly signal?: AbortSignal };

export interface Deadline {
  /** `steadyNow()` at which every git command ends. Default: none but the limit of one command. */
  readonly endsAt?: number;
  readonly signal?: AbortSignal;
}

/** Milliseconds one command may take. */
const oneMinute = 60_000;

/** After the deadline a command still gets a second, so that a push already sent can be judged. */
export const limitsOf =
  ({ endsAt = Infinity, signal }: Deadline, commandMs = oneMinute): Limits =>
  () => ({
    timeoutMs: Math.max(1000, Math.min(commandMs, endsAt - steadyNow())),
    ...(signal === undefined ? {} : { signal }),
  });
