/** The folder a cell is resolved in: its path stands in the resolver's words, and is taken out of them by its name. */

/** How the name of each begins. */
export const cellFolderName = 'nx-ci-cache-cell-';
