/** What a run left: tags that name only what is there, down to the last layer, and no process. */
import type { LegFacts } from '../..';
import { isIndex, type OciIndex, type OciManifest } from '../../registry/oci';
import { toolsOf } from './harm';
import type { Sweep } from './sweep';

type Tags = Readonly<Record<string, string | undefined>>;

export const tagsOf = async ({ world, repository }: Sweep, { source, spec }: LegFacts): Promise<Tags> => {
  const names = ['latest', source.commit, spec.legRef.slice(spec.legRef.lastIndexOf(':') + 1)];
  const held = names.map(
    async (tag) => [tag, (await world.registry.getManifest(`${repository}:${tag}`))?.digest] as const,
  );
  return Object.fromEntries(await Promise.all(held));
};

/** What a tag names that is not there, in words. */
export const unwhole = async ({ world: { registry }, repository }: Sweep, tags: Tags): Promise<string[]> => {
  const lacking = async (digest: string): Promise<string[]> => {
    const manifest = await registry.getManifest(`${repository}@${digest}`);
    if (manifest === undefined) return [digest];
    if (isIndex(manifest.mediaType)) {
      const parts = (manifest.body as OciIndex).manifests.map((each) => lacking(each.digest));
      return (await Promise.all(parts)).flat();
    }
    const { config, layers } = manifest.body as OciManifest;
    const blobs = [config, ...layers].map(async (blob) =>
      (await registry.blobExists(repository, blob.digest)) ? [] : [blob.digest],
    );
    return (await Promise.all(blobs)).flat();
  };
  const each = Object.entries(tags).map(async ([tag, digest]) =>
    digest === undefined ? [] : (await lacking(digest)).map((missing) => `${tag} names ${missing}, which is not there`),
  );
  return (await Promise.all(each)).flat();
};

/** Whoever was just killed may take a moment. */
export const leftOver = async ({ world }: Sweep): Promise<string[]> => {
  const tools = () => toolsOf(world.stateDir);
  for (let tries = 0; tries < 20 && tools().length > 0; tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 100));
  return tools().map(({ command }) => command);
};
