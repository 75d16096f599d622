/** A CI's summary holds so many bytes and not one more: what does not fit is cut between two lines, and said. */

/** What GitHub takes for one step; a longer summary is dropped whole. */
export const summaryLimit = 1024 * 1024;

/**
 * The whole `markdown` where it fits into `room` bytes, else its first lines with the name of the file that holds all;
 * empty when not even that fits.
 */
export const cutToFit = (markdown: string, room: number, file: string): string => {
  const bytes = Buffer.from(markdown);
  if (bytes.length <= room) return markdown;
  const notice = `\n\nThis is not all of it: the rest is in ${file} of this run.\n`;
  const left = room - Buffer.byteLength(notice);
  if (left < 0) return '';
  // No byte of a longer character is a line feed, so a cut there is a cut between characters.
  const end = Math.max(0, bytes.lastIndexOf('\n', left));
  return bytes.subarray(0, left === 0 ? 0 : end).toString('utf8') + notice;
};

/** As much of `markdown` as a summary holds, and always its ending, which says what to do. */
export const fitted = (markdown: string, ending: string, file: string): string =>
  cutToFit(markdown, summaryLimit - Buffer.byteLength(ending), file) + ending;
