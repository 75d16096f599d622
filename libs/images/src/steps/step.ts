/** A step of a build by what it is made from: when it runs again, the difference to the one before says why. */

type Texts = Readonly<Record<string, string>>;

export interface MadeStep {
  /** Name of its stage, `stage-<n>` for one without. */
  readonly stage: string;
  /** As BuildKit counts the steps of a stage. FROM has one too, which is 0 where BuildKit does not count it. */
  readonly number: number;
  /** The instruction as it is written, cut where it is long. */
  readonly says: string;
  /** Digest of all of it. */
  readonly text: string;
  /** Digest of each file it takes, by path; one of another context than the build's own is `<context>:<path>`. */
  readonly files: Texts;
  /** Digest of each ARG and ENV that it sees, by name. */
  readonly values: Texts;
  /** Digest of each image it takes from, by name. */
  readonly images: Texts;
  /** What each stage is that it takes from, by name. */
  readonly stages: Texts;
  /** All that it stands on, as one digest. */
  readonly parent: string;
}

/** Enough of a digest to tell a value from the one before it. */
export const shortDigest = (digest: string): string => digest.replace(/^sha256:/, '').slice(0, 10);
