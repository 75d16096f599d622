/** `changes.json`: generated files against published ones, by normalised name. Comments and order never count. */
export type PinChangeKind = 'added' | 'removed' | 'upgraded' | 'downgraded';

export interface PinChange {
  readonly name: string;
  readonly kind: PinChangeKind;
  readonly from?: string;
  readonly to?: string;
}

export interface FileChanges {
  /** File name on the branch, `<mode>-<py>.txt`. */
  readonly file: string;
  /** Whether the branch has the file already. */
  readonly published: boolean;
  readonly unchanged: number;
  readonly changes: readonly PinChange[];
}

export interface ChangesRecord {
  readonly run: string;
  readonly result: 'changed' | 'unchanged' | 'failed';
  readonly files: readonly FileChanges[];
  /** Digest of each generated file, which push-constraints finds unchanged or refuses. */
  readonly digests: Readonly<Record<string, string>>;
  readonly error?: string;
}
