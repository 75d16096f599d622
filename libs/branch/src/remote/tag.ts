/** Tags as refs: the name is checked once more before it reaches git. */
import { isTagName } from '@nx-ci-cache/config';
import { CiCacheError } from '@nx-ci-cache/process';

/** `tag` itself. @throws CiCacheError `OptionInvalid` for anything but `constraints-X.Y.Z`, a pre- or post-release included. */
export const checkTag = (tag: string): string => {
  if (isTagName(tag)) return tag;
  throw new CiCacheError('OptionInvalid', `tag = ${JSON.stringify(tag)}`, {
    remedy: 'Name a tag of the form constraints-X.Y.Z, e.g. constraints-2.10.1 or constraints-2.10.1rc1.',
    data: { tag },
  });
};

export const tagRefOf = (tag: string): string => `refs/tags/${tag}`;
