/** How large a cache is, and how near its manifest is to what BuildKit still imports. */
import type { PageLeg } from '@nx-ci-cache/report/src/page/page-data';
import { bytesText } from '../parts/format';

/** A larger manifest is exported without a word and never imported. */
const limit = 1024 * 1024;

export const CacheSize = ({ leg: { cacheBytes, cacheManifestBytes } }: { readonly leg: PageLeg }) => (
  <>
    {bytesText(cacheBytes)}
    {cacheManifestBytes !== undefined && (
      <span class={cacheManifestBytes > limit / 2 ? 'manifest near' : 'manifest'}>
        {' '}
        manifest {bytesText(cacheManifestBytes)} of 1 MiB
      </span>
    )}
  </>
);
