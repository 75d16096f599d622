/** What to do where a registry removes nothing for clients: each has a way of its own. */
import { parseReference } from './reference';

interface Way {
  readonly host: RegExp;
  readonly what: string;
}

/** The first that fits. */
const ways: readonly Way[] = [
  {
    host: /^ghcr\.io$/,
    what: 'remove the versions of the package by GitHub\'s REST API (gh api --method DELETE "/orgs/<owner>/packages/container/<name>/versions/<id>")',
  },
  { host: /^docker\.io$/, what: 'remove the tags on the pages of Docker Hub, or by its own API' },
  {
    host: /\.dkr\.ecr\.[^.]+\.amazonaws\.com(\.cn)?$/,
    what: 'remove them by aws ecr batch-delete-image, or give the repository a lifecycle policy',
  },
  { host: /^quay\.io$/, what: 'remove the tags on the pages of Quay, or by its own API' },
  { host: /\.azurecr\.io$/, what: 'remove the tags by az acr repository untag' },
  { host: /(^gcr\.io|\.gcr\.io|-docker\.pkg\.dev)$/, what: 'remove them by gcloud artifacts docker images delete' },
];

const other = 'let it remove (storage.delete.enabled of CNCF Distribution), or remove them by its own means';

/** In words that name the registry. */
export const refusal = (repository: string): string => {
  const { host } = parseReference(repository);
  return `${host} does not remove for clients what is listed of ${repository}: ${otherWay(host)}`;
};

/** How it is done there. */
export const otherWay = (host: string): string => (ways.find((way) => way.host.test(host)) ?? { what: other }).what;
