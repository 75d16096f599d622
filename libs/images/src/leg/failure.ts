/** Errors of a build in the words of the step that failed. */
import { CiCacheError, lastLines, redact } from '@nx-ci-cache/process';
import { causeOf } from '../failure/judge';
import type { Progress } from '../progress/progress';
import { isCacheExport } from './cache-export';

const tailLines = 20;

/**
 * With the failing step, the end of its output and BuildKit's own words: `BuilderUnfit` when the node is at fault, else
 * `CommandFailed`.
 * @param logFile where all of its output is, relative to the workspace.
 */
export const buildFailed = (leg: string, { vertices, logs, texts }: Progress, logFile?: string): CiCacheError => {
  const failed = vertices.find(({ error }) => error !== undefined && !/context canceled/.test(error));
  const tail = failed === undefined ? '' : lastLines(redact(logs[failed.digest] ?? ''), tailLines);
  const words = texts.find((line) => line.startsWith('ERROR:')) ?? failed?.error ?? 'buildx failed';
  const message = [`the build of ${leg} failed${failed ? ` at ${failed.name}` : ''}`, tail, excerpt(texts), words];
  if (logFile !== undefined) message.push(`All that it printed: ${logFile}`);
  const { name, remedy, ...cause } = causeOf({ words, step: failed?.name, log: tail });
  const text = redact(message.filter((part) => part !== '').join('\n'));
  return new CiCacheError(cause.class === 'node' ? 'BuilderUnfit' : 'CommandFailed', text, {
    remedy,
    data: {
      ...{ leg, step: failed === undefined ? null : redact(failed.name) },
      ...{ cause: name, class: cause.class, transient: cause.class === 'transient' },
      ...(failed !== undefined && isCacheExport(failed) ? { cacheExport: true } : {}),
    },
  });
};

/** The Dockerfile excerpt buildx prints between lines of dashes. */
const excerpt = (texts: readonly string[]): string => {
  const rules = texts.flatMap((line, index) => (/^-{5,}$/.test(line) ? [index] : []));
  const [from, to] = rules.slice(-2);
  const place = from === undefined || from === 0 ? [] : [texts[from - 1] ?? ''];
  return from === undefined || to === undefined ? '' : [...place, ...texts.slice(from + 1, to)].join('\n');
};
