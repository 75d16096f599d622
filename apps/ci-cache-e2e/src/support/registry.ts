/** The registry as a test sees it: plain HTTP, no code of the plugin in between. */
import { stackEnv } from '@nx-ci-cache/testbed';
import { e2eStack, type Workspace } from './workspace';

const accept = 'application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json';

export interface Manifest {
  readonly digest: string;
  readonly body: {
    readonly manifests?: readonly { digest: string; platform: { os: string; architecture: string } }[];
    readonly layers?: readonly { digest: string }[];
    readonly annotations?: Readonly<Record<string, string>>;
  };
}

export class Registry {
  private readonly url: string;

  constructor(
    private readonly workspace: Workspace,
    stack = e2eStack(),
  ) {
    this.url = `http://${stackEnv(stack)['CI_CACHE_REGISTRY']}/v2`;
  }

  repository = (python: string) => `${this.workspace.images}/main/python${python}`;
  cacheRepository = (python: string) => `${this.workspace.images}/main/cache/ci-python${python}`;

  async manifest(repository: string, reference: string): Promise<Manifest | undefined> {
    const answer = await fetch(`${this.url}/${repository}/manifests/${reference}`, { headers: { accept } });
    if (answer.status === 404) return undefined;
    if (!answer.ok) throw new Error(`the registry answered ${answer.status}`);
    return {
      digest: answer.headers.get('docker-content-digest') ?? '',
      body: (await answer.json()) as Manifest['body'],
    };
  }

  /** Blobs that a manifest, or one it names, needs and the registry does not have. */
  async lacking(repository: string, reference: string): Promise<string[]> {
    const { manifests = [], layers = [] } = (await this.manifest(repository, reference))?.body ?? {};
    const below = await Promise.all(manifests.map(({ digest }) => this.lacking(repository, digest)));
    const blobs = await Promise.all(
      layers.map(async ({ digest }) => {
        const { ok } = await fetch(`${this.url}/${repository}/blobs/${digest}`, { method: 'HEAD' });
        return ok ? [] : [digest];
      }),
    );
    return [...below, ...blobs].flat();
  }

  /** Makes a tag, or a digest, of a repository go away as a clean-up job would. */
  async remove(repository: string, reference: string): Promise<void> {
    const digest = (await this.manifest(repository, reference))?.digest;
    const answer = await fetch(`${this.url}/${repository}/manifests/${digest}`, { method: 'DELETE' });
    if (answer.status !== 202) throw new Error(`the registry answered ${answer.status}`);
  }

  /** Lets a tag point at what another tag holds, as a stranger would. */
  async moveTag(repository: string, tag: string, to: string): Promise<void> {
    const source = await fetch(`${this.url}/${repository}/manifests/${to}`, { headers: { accept } });
    const headers = { 'content-type': source.headers.get('content-type') ?? '' };
    const answer = await fetch(`${this.url}/${repository}/manifests/${tag}`, {
      method: 'PUT',
      headers,
      body: await source.text(),
    });
    if (!answer.ok) throw new Error(`the registry answered ${answer.status}`);
  }

  /** Every tag of this workspace's repositories with its digest: what a preview must leave as it is. */
  async tags(): Promise<Readonly<Record<string, string>>> {
    const repositories = ['3.11', '3.13'].flatMap((python) => [this.repository(python), this.cacheRepository(python)]);
    const pairs = await Promise.all(
      repositories.map(async (repository) => {
        const answer = await fetch(`${this.url}/${repository}/tags/list`);
        const { tags } = (answer.ok ? await answer.json() : { tags: [] }) as { tags: string[] | null };
        return Promise.all(
          (tags ?? []).map(async (tag) => [
            `${repository}:${tag}`,
            (await this.manifest(repository, tag))?.digest ?? '',
          ]),
        );
      }),
    );
    return Object.fromEntries(pairs.flat()) as Record<string, string>;
  }
}
