/** Errors of a build in the words of the step that failed. */
import { CiCacheError, lastLines, redact } from '@nx-ci-cache/process';
import { immutableRemedy, isImmutable } from '../registry/immutable';
import { isTransient } from '../registry/transient';
import { nodeRemedy } from './node-fault';
import type { Progress } from './progress';

const tailLines = 20;

/** With the failing step, the end of its output and BuildKit's own words: `BuilderUnfit` when the node is at fault, else `CommandFailed`. */
export const buildFailed = (leg: string, { vertices, logs, texts }: Progress): CiCacheError => {
  const failed = vertices.find(({ error }) => error !== undefined && !/context canceled/.test(error));
  const tail = failed === undefined ? '' : lastLines(redact(logs[failed.digest] ?? ''), tailLines);
  const words = texts.find((line) => line.startsWith('ERROR:')) ?? failed?.error ?? 'buildx failed';
  const message = [`the build of ${leg} failed${failed ? ` at ${failed.name}` : ''}`, tail, excerpt(texts), words];
  const text = redact(message.filter((part) => part !== '').join('\n'));
  const data = { leg, step: failed === undefined ? null : redact(failed.name) };
  const ofNode = nodeRemedy(words, failed?.name, tail);
  if (ofNode !== undefined)
    return new CiCacheError('BuilderUnfit', text, {
      remedy: ofNode,
      data: { ...data, class: 'node', transient: false },
    });
  return new CiCacheError('CommandFailed', text, {
    remedy: remedyFor(words),
    data: { ...data, transient: isTransient(words) },
  });
};

const remedyFor = (words: string): string => {
  if (isImmutable(words)) return immutableRemedy;
  return isTransient(words) ? 'Check the registry and the network, then run again.' : 'Correct the step and commit.';
};

/** The Dockerfile excerpt buildx prints between lines of dashes. */
const excerpt = (texts: readonly string[]): string => {
  const rules = texts.flatMap((line, index) => (/^-{5,}$/.test(line) ? [index] : []));
  const [from, to] = rules.slice(-2);
  const place = from === undefined || from === 0 ? [] : [texts[from - 1] ?? ''];
  return from === undefined || to === undefined ? '' : [...place, ...texts.slice(from + 1, to)].join('\n');
};
