/** Paths of key files: git hands some of them to a shell, so every character is allow-listed. */

const allowedPath = /^\/[A-Za-z0-9._@+=,/-]{1,400}$/;

export const keyFileForm =
  'the absolute path of a file, of letters, digits and . _ @ + = , / - only; never a key itself';

export const isKeyFile = (path: string): boolean => allowedPath.test(path);
