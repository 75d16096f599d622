/** The one form of tags we set: releases of constraints, so that no other tag of the repository can be meant. */

/** Whether it is `constraints-X.Y.Z`, a pre- or post-release included. */
export const isTagName = (tag: string): boolean =>
  /^constraints-\d{1,5}(?:\.\d{1,5}){2}(?:(?:a|b|rc|\.post|\.dev)\d{1,5})?$/.test(tag);
