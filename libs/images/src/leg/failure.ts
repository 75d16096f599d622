/** Errors of a build in the words of the step that failed. */
import { CiCacheError, lastLines, redact } from '@nx-ci-cache/process';
import { immutableRemedy, isImmutable } from '../registry/immutable';
import { isTransient } from '../registry/transient';
import type { Progress } from './progress';

const tailLines = 20;

/**
 * `CommandFailed` with the failing step, the end of its output and BuildKit's own words.
 * @param logFile where all of its output is.
 */
export const buildFailed = (leg: string, { vertices, logs, texts }: Progress, logFile?: string): CiCacheError => {
  const failed = vertices.find(({ error }) => error !== undefined && !/context canceled/.test(error));
  const tail = failed === undefined ? '' : lastLines(redact(logs[failed.digest] ?? ''), tailLines);
  const words = texts.find((line) => line.startsWith('ERROR:')) ?? failed?.error ?? 'buildx failed';
  const message = [`the build of ${leg} failed${failed ? ` at ${failed.name}` : ''}`, tail, excerpt(texts), words];
  if (logFile !== undefined) message.push(`All that it printed: ${logFile}`);
  return new CiCacheError('CommandFailed', redact(message.filter((part) => part !== '').join('\n')), {
    remedy: remedyFor(words, failed?.name),
    data: { leg, step: failed === undefined ? null : redact(failed.name), transient: isTransient(words) },
  });
};

const remedyFor = (words: string, step: string | undefined): string => {
  if (nodeIsGone(words, step))
    return 'The node of this platform went away: start it, run setup-builder, then run again.';
  if (isImmutable(words)) return immutableRemedy;
  return isTransient(words) ? 'Check the registry and the network, then run again.' : 'Correct the step and commit.';
};

/** As buildx says it of a daemon that dies under a build, and of one that does not answer when a build begins. */
const nodeIsGone = (words: string, step: string | undefined): boolean =>
  step === '[internal] waiting for connection' || /failed to receive status: rpc error: code = Unavailable/.test(words);

/** The Dockerfile excerpt buildx prints between lines of dashes. */
const excerpt = (texts: readonly string[]): string => {
  const rules = texts.flatMap((line, index) => (/^-{5,}$/.test(line) ? [index] : []));
  const [from, to] = rules.slice(-2);
  const place = from === undefined || from === 0 ? [] : [texts[from - 1] ?? ''];
  return from === undefined || to === undefined ? '' : [...place, ...texts.slice(from + 1, to)].join('\n');
};
