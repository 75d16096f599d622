import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkCertificates } from './certificates';
import { builderDefinition } from './definition';
import { ensureBuilder } from './ensure';

const folder = mkdtempSync(join(tmpdir(), 'ci-cache-certificates-'));
const [ca, cert, key] = ['ca.pem', 'cert.pem', 'key.pem'].map((name) => join(folder, name)) as [string, string, string];

beforeEach(() => {
  for (const path of [ca, cert, key]) {
    rmSync(path, { recursive: true, force: true });
    writeFileSync(path, '', { mode: path === key ? 0o600 : 0o644 });
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

const definition = builderDefinition({
  name: 'b',
  nodes: [
    { platforms: ['linux/amd64'], endpoint: 'unix:///run/a.sock' },
    { platforms: ['linux/arm64'], endpoint: 'tcp://arm.example.com:1234', ca, cert, key },
  ],
});

it('takes files that are there and a key of its user alone', async () => {
  await expect(checkCertificates(definition)).resolves.toBeUndefined();
});

it.each([
  ['ca', ca, () => rmSync(ca), 'is not there'],
  ['cert', cert, () => [rmSync(cert), mkdirSync(cert)], 'is no file'],
  ['key', key, () => chmodSync(key, 0o640), 'may be read by others (mode 0640)'],
])('names node, key and path: %s %s', async (name, path, spoil, words) => {
  spoil();
  await expect(checkCertificates(definition)).rejects.toMatchObject({
    code: 'BuilderUnfit',
    message: `${name} of node linux-arm64 of builder b ${words}: ${path}`,
  });
});

it('refuses before buildx is asked anything', async () => {
  rmSync(key);
  const buildx = { file: '/does/not/exist', args: [], env: {} };
  await expect(ensureBuilder({ buildx, definition, platforms: [], emit: () => undefined })).rejects.toMatchObject({
    data: { key: 'key', path: key },
  });
});
