/** Whether a path is that of a pyproject.toml, which is read in another way than a list of requirements. */
export const isPyproject = (path: string): boolean => /(^|\/)pyproject\.toml$/.test(path);
