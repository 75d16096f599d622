/** The steps of a build as a leg tag keeps them: a text of bounded size, less exact where there are many files. */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { digestOf } from '@nx-ci-cache/process';
import { shortDigest, type MadeStep } from './step';

export interface RecordedSteps {
  readonly steps: readonly MadeStep[];
  /** Files further down are known by their folder, which ends with `/`. Absent: each is known by itself. */
  readonly depth?: number;
}

/** Characters. A registry takes manifests of some MiB, and every plan reads this one. */
const limit = 24 * 1024;
/** Characters that the digest of a file takes, which nothing makes smaller. */
const leastOfFile = 6;
const inflatedLimit = 8 * 1024 * 1024;

/** Undefined when not even folders fit. */
export const recordSteps = (steps: readonly MadeStep[]): string | undefined => {
  const deepest = Math.max(
    0,
    ...steps.flatMap(({ files }) => Object.keys(files).map((path) => path.split('/').length)),
  );
  const count = steps.reduce((all, { files }) => all + Object.keys(files).length, 0);
  for (let depth = count * leastOfFile > limit ? deepest - 1 : deepest; depth >= 0; depth -= 1) {
    const recorded = depth === deepest ? { steps } : { steps: atDepth(steps, depth), depth };
    const text = deflateRawSync(JSON.stringify(recorded)).toString('base64');
    if (text.length <= limit) return text;
  }
  return undefined;
};

/** Undefined for what this version did not write. */
export const parseSteps = (text: string): RecordedSteps | undefined => {
  try {
    const json = inflateRawSync(Buffer.from(text, 'base64'), { maxOutputLength: inflatedLimit }).toString('utf8');
    const recorded = JSON.parse(json) as RecordedSteps;
    return Array.isArray(recorded.steps) ? recorded : undefined;
  } catch {
    return undefined;
  }
};

/** The steps with each file, or the folder it is in at that depth. */
export const atDepth = (steps: readonly MadeStep[], depth: number | undefined): readonly MadeStep[] =>
  depth === undefined ? steps : steps.map((step) => ({ ...step, files: folded(step.files, depth) }));

const folded = (files: MadeStep['files'], depth: number): MadeStep['files'] => {
  const groups = new Map<string, Record<string, string>>();
  for (const [path, digest] of Object.entries(files)) {
    const folders = path.split('/').slice(0, -1);
    const isKept = folders.length < depth;
    const group = isKept
      ? path
      : folders
          .slice(0, depth)
          .map((part) => `${part}/`)
          .join('');
    const inGroup = groups.get(group) ?? {};
    inGroup[path] = digest;
    groups.set(group, inGroup);
  }
  return Object.fromEntries([...groups].map(([group, all]) => [group, all[group] ?? shortDigest(digestOf(all))]));
};
