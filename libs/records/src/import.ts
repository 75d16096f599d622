/** `import.json`: what this configuration would change on a branch that people already have. */
import type { PinChange } from './changes';

export interface ImportedFile {
  /** Name of the cell. */
  readonly cell: string;
  /** Name on that branch. */
  readonly file: string;
  /** Pins there that hold for the cell's Python; absent when there is no such file. */
  readonly there?: number;
  readonly changes: readonly PinChange[];
  /** Lines there that are no pin of a release. */
  readonly passedOver: readonly string[];
}

export interface ImportRecord {
  readonly branch: string;
  /** Full object id of the commit that was read. */
  readonly commit: string;
  readonly files: readonly ImportedFile[];
}
