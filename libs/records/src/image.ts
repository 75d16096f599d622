/** What an image is published as, by image and Python. */
import type { Reason } from './reason';

/** `plan/publish-<image>-<py>.json`: the only file that a cached publishing depends on. */
export interface ImagePlan {
  readonly image: string;
  readonly python: string;
  /** In the order of the index. A leg that is built has a new, random build id, and so the plan is a new one. */
  readonly legs: readonly { readonly leg: string; readonly buildId: string | null }[];
  /** Names of the tags, the moving one last. */
  readonly tags: readonly string[];
  /** A leg of it was left out of this run, so nothing of it is published. */
  readonly leftOut?: true;
  /** Random, where no leg is built although a tag does not hold its legs: then nobody can have published this plan before. */
  readonly id?: string;
}

/** `plan/reasons/publish-<image>-<py>.json`: the volatile part of the plan; no cached task depends on it. */
export interface ImageReasons {
  readonly run: string;
  readonly image: string;
  readonly python: string;
  /** Why the index is written; empty when every tag holds it. */
  readonly reasons: readonly Reason[];
  /** What every tag holds; absent when one does not. */
  readonly platforms?: ImageRecord['platforms'];
}

/** `images/<image>-<py>.json`: the published index of one image. */
export interface ImageRecord {
  /** The run that wrote it. */
  readonly run: string;
  /** Digest of the plan it answers. */
  readonly plan: string;
  readonly result: 'published' | 'unchanged' | 'superseded' | 'previewed' | 'refused';
  readonly image: string;
  readonly python: string;
  readonly repository?: string;
  readonly digest?: string;
  readonly platforms?: readonly { readonly platform: string; readonly digest: string }[];
  /** What was done per tag. */
  readonly tags?: readonly { readonly tag: string; readonly action: 'created' | 'moved' | 'unchanged' | 'kept' }[];
  readonly reasons?: readonly string[];
}
