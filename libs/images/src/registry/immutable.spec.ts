import { isImmutable } from './immutable';

it.each([
  // aws/containers-roadmap#862, moby/buildkit#3776, osscontainertools/kaniko#204
  "tag invalid: The image tag 'latest' already exists in the 'app' repository and cannot be overwritten because the repository is immutable.",
  "PUT https://registry/v2/app/manifests/1: TAG_INVALID: The image tag '1' already exists in the 'app' repository and cannot be overwritten because the tag is immutable.",
  'An error occurred (ImageTagAlreadyExistsException) when calling the PutImage operation',
  // goharbor/harbor#9427: 412, whose body tells of the tag
  "Failed to process request due to 'app:1' configured as immutable.",
  'ERROR: failed to push h/app:1: unexpected status from PUT request to https://h/v2/app/manifests/1: 412 Precondition Failed',
  // Azure/acr#184: a locked image
  'unsupported: The operation is disallowed on this registry, repository or image',
  'manifest invalid: cannot update tag latest. The repository has enabled tag immutability',
])('knows "%s"', (words) => {
  expect(isImmutable(words)).toBe(true);
});

it.each([
  'ERROR: failed to solve: process "/bin/sh -c yarn install --immutable" did not complete successfully: exit code: 1',
  'ERROR: failed to solve: process "/bin/sh -c echo it is immutable" did not complete successfully: exit code: 1',
  'ERROR: failed to push h/app:1: TAG_INVALID: manifest tag did not match URI',
  'unexpected status from HEAD request to https://h/v2/app/manifests/1: 412 Precondition Failed',
  'unexpected status from PUT request to https://h/v2/app/manifests/1: 403 Forbidden',
])('takes "%s" for something else', (words) => {
  expect(isImmutable(words)).toBe(false);
});
