/** What well-known registries answer when they will not: as their sources and the reports of their users show it. */
import type { Answer } from './faulty-registry';

const json = { 'content-type': 'application/json' };
const coded = (status: number, code: string, message: string, detail?: unknown): Answer => ({
  ...{ status, headers: json },
  body: JSON.stringify({ errors: [{ code, message, detail }] }),
});

/** To who asks too often; how long to wait comes in a header. */
export const tooMany: Readonly<Record<string, Answer>> = {
  'Docker Hub': coded(429, 'TOOMANYREQUESTS', 'You have reached your pull rate limit.'), // apptension/saas-boilerplate#204
  GHCR: coded(429, 'TOOMANYREQUESTS', 'retry-after: 880.092µs, allowed: 44000/minute'), // dependabot/cli#380
  ECR: coded(429, 'TOOMANYREQUESTS', 'Rate exceeded'), // containerd/containerd#10447
  Quay: { status: 429, headers: { 'content-type': 'text/html' }, body: '<html><h1>429 Too Many Requests</h1></html>' },
  GitLab: { status: 429, headers: { 'content-type': 'text/plain' }, body: 'Retry later\n' },
  Artifactory: {
    ...{ status: 429, headers: json },
    body: JSON.stringify({ errors: [{ status: 429, message: 'Too Many Requests' }] }),
  },
  'Harbor, of the registry behind it': coded(
    429,
    'TOOMANYREQUESTS',
    'toomanyrequests: You have reached your rate limit.',
  ),
};

/** To who writes a tag again that must stay. */
export const immutable: Readonly<Record<string, Answer>> = {
  // osscontainertools/kaniko#204, moby/buildkit#3776
  ECR: coded(
    400,
    'TAG_INVALID',
    "The image tag 'again' already exists in the 'python' repository and cannot be overwritten because the tag is immutable.",
  ),
  // goharbor/harbor#9427
  Harbor: coded(412, 'PRECONDITION', "Failed to process request due to 'base/python:again' configured as immutable."),
  // PROJQUAY-10859
  Quay: coded(409, 'TAG_IMMUTABLE', 'tag is immutable and cannot be overwritten'),
  'Artifact Registry': coded(
    400,
    'MANIFEST_INVALID',
    'cannot update tag again. The repository has enabled tag immutability',
  ),
  // Azure/acr#184
  Azure: coded(405, 'UNSUPPORTED', 'The operation is disallowed on this registry, repository or image.'),
};

/** The same where it looks like a missing right: of the registry's words only the status is left. */
export const notOverwritten: Readonly<Record<string, Answer>> = {
  // docker/hub-feedback#2466
  'Docker Hub': coded(403, 'DENIED', 'requested access to the resource is denied'),
  // GoogleContainerTools/kaniko#1095
  Artifactory: coded(403, 'MANIFEST_INVALID', 'manifest invalid', { description: 'HTTP 403 Forbidden' }),
  GitLab: coded(403, 'DENIED', 'requested access to the resource is denied'),
};
