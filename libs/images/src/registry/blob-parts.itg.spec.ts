/** Registries that answer a question for a part of a blob otherwise than with that part: those that run here all know parts. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { registryClient } from './client';

const digest = `sha256:${'a'.repeat(64)}`;
let answer: { readonly status: number; readonly body: string };
let server: Server;
let repository: string;

beforeAll(async () => {
  server = createServer((_request, response) => response.writeHead(answer.status).end(answer.body));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  repository = `127.0.0.1:${(server.address() as AddressInfo).port}/base`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

const partOf = async (from: number, bytes: number) =>
  (await registryClient({ environment: {} }).getBlobPart(repository, digest, { from, bytes })).toString();

it.each([
  ['the part', { status: 206, body: 'cd' }, 'cd'],
  ['the whole blob, of which the rest need not be asked for again', { status: 200, body: 'abcdefgh' }, 'cdefgh'],
])('takes %s', async (_what, given, expected) => {
  answer = given;
  expect(await partOf(2, 2)).toBe(expected);
});

it.each([
  ['a part that is too short', { status: 206, body: 'c' }],
  ['a part that is too long', { status: 206, body: 'cde' }],
  ['a blob that ends before', { status: 200, body: 'abc' }],
])('refuses %s', async (_what, given) => {
  answer = given;
  await expect(partOf(2, 2)).rejects.toMatchObject({
    code: 'RegistryFailed',
    message: expect.stringContaining('where 2 were asked for'),
  });
});
