/** Names of tags we set: only releases of constraints, so that no other tag of the repository can be meant. */
import { CiCacheError } from '@nx-ci-cache/process';

const allowedTag = /^constraints-\d{1,5}(?:\.\d{1,5}){2}(?:(?:a|b|rc|\.post|\.dev)\d{1,5})?$/;

/** `tag` itself. @throws CiCacheError `OptionInvalid` for anything but `constraints-X.Y.Z`, a pre- or post-release included. */
export const checkTag = (tag: string): string => {
  if (allowedTag.test(tag)) return tag;
  throw new CiCacheError('OptionInvalid', `tag = ${JSON.stringify(tag)}`, {
    remedy: 'Name a tag of the form constraints-X.Y.Z, e.g. constraints-2.10.1 or constraints-2.10.1rc1.',
    data: { tag },
  });
};

export const tagRefOf = (tag: string): string => `refs/tags/${tag}`;
