/** The Linux a resolver is asked for, by the glibc of an image: the newest it knows that is no newer. */

/** N of each glibc 2.N it has a name for. */
const known = [17, 28, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40];

/** Undefined for a glibc older than all of them. */
export const linuxWithGlibc = (minor: number): string | undefined => {
  const found = known.findLast((each) => each <= minor);
  return found === undefined ? undefined : `manylinux_2_${found}`;
};
