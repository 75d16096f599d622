/** Puts small images, indexes and caches into a registry as builds leave them, without a build. */
import { randomUUID } from 'node:crypto';
import { digestOf } from '@nx-ci-cache/process';
import { legAnnotations } from '../plan/leg-annotations';
import { mediaTypes, type Descriptor, type Platform } from '../registry/oci';
import { parseReference } from '../registry/reference';
import { testInputs } from './leg';

type Account = Readonly<Record<string, string>>;

/** @param account headers by which it lets somebody in. */
export const pushContent = (host: string, account: Account = {}) => {
  const api = (repository: string) => `http://${host}/v2/${repository}`;

  const blob = async (repository: string, text: string, mediaType: string): Promise<Descriptor> => {
    const digest = digestOf(text);
    const begun = await fetch(`${api(repository)}/blobs/uploads/`, { method: 'POST', headers: account });
    const url = new URL(begun.headers.get('location') ?? '', `http://${host}`);
    url.searchParams.set('digest', digest);
    const headers = { ...account, 'content-type': 'application/octet-stream' };
    await ok(await fetch(url, { method: 'PUT', headers, body: text }));
    return { mediaType, digest, size: text.length };
  };

  const manifest = async (repository: string, body: { mediaType: string }, tag?: string): Promise<string> => {
    const text = JSON.stringify(body);
    const headers = { ...account, 'content-type': body.mediaType };
    const url = `${api(repository)}/manifests/${tag ?? digestOf(text)}`;
    await ok(await fetch(url, { method: 'PUT', headers, body: text }));
    return digestOf(text);
  };

  /** @param configType tells what it is. */
  const image = async (repository: string, tag?: string, configType = 'application/vnd.oci.image.config.v1+json') => {
    const config = await blob(repository, JSON.stringify({ made: randomUUID() }), configType);
    const layer = await blob(repository, randomUUID(), 'application/vnd.oci.image.layer.v1.tar+gzip');
    return manifest(
      repository,
      { schemaVersion: 2, mediaType: mediaTypes.manifest, config, layers: [layer] } as never,
      tag,
    );
  };

  /** @param platform of all of them. */
  const index = (
    repository: string,
    tag: string,
    digests: readonly string[],
    annotations?: Readonly<Record<string, string>>,
    platform?: Platform,
  ) => {
    // Of no image of these anybody reads the size.
    const manifests = digests.map((digest) => ({
      ...{ mediaType: mediaTypes.manifest, digest, size: 1 },
      ...(platform && { platform }),
    }));
    const body = { schemaVersion: 2, mediaType: mediaTypes.index, manifests, ...(annotations && { annotations }) };
    return manifest(repository, body, tag);
  };

  return {
    image,
    index,
    cache: (repository: string, tag: string) => image(repository, tag, 'application/vnd.buildkit.cacheconfig.v0'),
    /** A leg of that commit, under its tag. */
    leg: async (legRef: string, sourceCommit: string, platform = 'linux/amd64') => {
      const { repository, tag = '' } = parseReference(legRef);
      const digest = await image(repository);
      const leg = {
        inputs: { ...testInputs, platform },
        buildId: 'b',
        constraintsCommit: null,
        node: 'n',
        sourceCommit,
      };
      return { digest, index: await index(repository, tag, [digest], legAnnotations({ ...leg, digest })) };
    },
  };
};

const ok = async (answer: Response): Promise<void> => {
  if (!answer.ok) throw new Error(`${answer.url} answered ${answer.status}: ${await answer.text()}`);
};
