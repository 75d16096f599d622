/** Splits the output of `git cat-file --batch`: a header line, that many bytes, a line feed, and so on. */

const lineFeed = 0x0a;

/** The blobs in the order they were asked for. @throws Error when an object is missing. */
export const parseBatch = (output: Buffer): Buffer[] => {
  const blobs: Buffer[] = [];
  for (let at = 0; at < output.length;) {
    const end = output.indexOf(lineFeed, at);
    const header = output.toString('utf8', at, end);
    const [, size] = /^[0-9a-f]+ blob (\d+)$/.exec(header) ?? [];
    if (size === undefined) throw new Error(`git cat-file --batch: ${header}`);
    const start = end + 1;
    blobs.push(output.subarray(start, start + Number(size)));
    at = start + Number(size) + 1;
  }
  return blobs;
};
