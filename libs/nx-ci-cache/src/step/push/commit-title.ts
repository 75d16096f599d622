/** The first line of a constraints commit: a template, because teams lint subjects and steer their CI by them. */
import { harmless } from '@nx-ci-cache/process';

export interface TitleValues {
  /** How many files change. */
  readonly files: number;
  readonly sourceBranch: string;
  readonly commit: string;
  readonly cutoff: string;
}

/** `template` with `{files}` `{sourceBranch}` `{commit}` `{cutoff}` filled in. */
export const commitTitle = (template: string, { files, sourceBranch, commit, cutoff }: TitleValues): string => {
  const words = new Map(
    Object.entries({
      // A commit that only takes files away changes none.
      files: files === 0 ? 'constraint files' : `${files} constraint file${files === 1 ? '' : 's'}`,
      sourceBranch: harmless(sourceBranch),
      commit: commit.slice(0, 12),
      cutoff,
    }),
  );
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => words.get(name) ?? whole);
};
