/** Target names, spelled here only: inference writes them and push-constraints looks for them in the task graph. */
import { cellName, legName, type Cell, type Leg } from '@nx-ci-cache/records';

export const cellTarget = (cell: Cell): string => `generate-constraints--${cellName(cell)}`;
/** `build` is the name of a build that is frozen: its Python, with the image before it when modes freeze several. */
export const freezeTarget = (build: string): string => `build-image--${build}`;
export const legTarget = (leg: Leg): string => `buildx-refresh--${legName(leg)}`;
export const imageTarget = (image: string, python: string): string => `publish-images--${image}-${python}`;
