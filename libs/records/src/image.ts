/** `images/<image>-<py>.json`: the published index of one image. */
export interface ImageRecord {
  readonly run: string;
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
