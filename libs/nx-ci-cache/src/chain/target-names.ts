/** Target names, spelled here only: inference writes them and push-constraints looks for them in the task graph. */
import { cellName, type Cell } from '@nx-ci-cache/records';

export const cellTarget = (cell: Cell): string => `generate-constraints--${cellName(cell)}`;
/** `build` is the name of a build that is frozen: its Python, with the image before it when modes freeze several. */
export const freezeTarget = (build: string): string => `build-image--${build}`;
