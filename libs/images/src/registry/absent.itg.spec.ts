/** How well-known registries answer for what is not there, and to who is not let in: each as its source shows it. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { registryClient } from './client';

let server: Server;
let host: string;
/** What is asked for, or the token for it, is answered so. */
let given: { readonly status: number; readonly body: string; readonly byToken?: boolean };

beforeAll(async () => {
  server = createServer(({ url = '', headers }, response) => {
    const challenge = { 'www-authenticate': `Bearer realm="http://${host}/token",service="s"` };
    if (url.startsWith('/token'))
      response
        .writeHead(given.byToken ? given.status : 200)
        .end(given.byToken ? given.body : JSON.stringify({ token: 't' }));
    else if (headers.authorization === undefined) response.writeHead(401, challenge).end();
    else response.writeHead(given.status, given.status === 401 ? challenge : {}).end(given.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const coded = (code: string) => JSON.stringify({ errors: [{ code }] });
const asked = () => registryClient({ environment: { DOCKER_CONFIG: '/nowhere' } }).getManifest(`${host}/team/ci:1`);

it.each([
  ['Harbor', 404, coded('NOT_FOUND')], // goharbor/harbor#16516, containers/image#2203
  ['Harbor to come', 404, coded('MANIFEST_UNKNOWN')], // goharbor/harbor#23637
  ['ECR', 404, coded('NAME_UNKNOWN')], // plexsystems/sinker#55
  ['Artifactory', 404, coded('MANIFEST_UNKNOWN')], // jetstack/version-checker#318
  ['GHCR, a package to come', 404, coded('NAME_UNKNOWN')], // podtato-head/podtato-head#66
  ['GHCR', 404, coded('MANIFEST_UNKNOWN')], // Mic92/niks3#229
  ['GitLab', 404, coded('MANIFEST_UNKNOWN')], // konstructio/kubefirst#2256
  ['an empty 404', 404, ''],
])('takes the answer of %s for "there is none"', async (_name, status, body) => {
  given = { status, body };
  expect(await asked()).toBeUndefined();
});

it.each([
  ['Docker Hub', 401, coded('UNAUTHORIZED')], // distribution/distribution#1291
  ['Artifactory, virtual', 403, coded('DENIED')], // google/go-containerregistry#1691
  ['Quay', 401, coded('UNAUTHORIZED')], // rpardini/docker-registry-proxy#5
  ['Azure', 401, coded('UNAUTHORIZED')], // Azure/acr#506
])('takes the answer of %s for a refusal, and says what to do', async (_name, status, body) => {
  given = { status, body };
  await expect(asked()).rejects.toMatchObject({
    code: 'RegistryFailed',
    message: expect.stringContaining(`${status} for ${host}/team/ci:1`),
    remedy: expect.stringMatching(new RegExp(`repository:team/ci:pull on ${host}.* create it`)),
  });
});

it.each([
  ['GHCR, to nobody', 401, coded('UNAUTHORIZED')], // openai/tunnel-client#75
  ['GHCR', 403, coded('DENIED')], // mccutchen/go-httpbin#223
  ['GitLab', 403, coded('DENIED')], // getwud/wud#600
  ['Artifact Registry', 403, coded('DENIED')], // GoogleContainerTools/skaffold#6743
])('takes a token refused by %s for the same', async (_name, status, body) => {
  given = { status, body, byToken: true };
  await expect(asked()).rejects.toMatchObject({
    code: 'RegistryFailed',
    message: expect.stringContaining(`answered ${status} for repository:team/ci:pull on ${host}`),
    remedy: expect.stringMatching(new RegExp(`repository:team/ci:pull on ${host}.* create it`)),
    data: { denied: true },
  });
});
