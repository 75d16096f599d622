/** A build's spans reach the collector of the CI that runs it, in the CI's own trace. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ensureBuilder } from '..';
import { startWorld, type World } from '../testing/world';

const trace = '0af7651916cd43dd8448eb211c80319c';
const sent: { path: string; body: Buffer }[] = [];
let collector: Server;
let world: World;

beforeAll(async () => {
  collector = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      sent.push({ path: request.url ?? '', body: Buffer.concat(parts) });
      response.end();
    });
  });
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
  world = await startWorld({
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${(collector.address() as AddressInfo).port}`,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
    TRACEPARENT: `00-${trace}-b7ad6b7169203331-01`,
  });
  await ensureBuilder({ ...world, platforms: ['linux/amd64'], emit: () => undefined });
});
afterAll(async () => {
  await world?.stop();
  collector.closeAllConnections();
  collector.close();
});

it('sends the spans of a build to the collector, in the trace it was given', async () => {
  await world.refresh(world.legOf('traced', 'linux/amd64'));
  const bodies = sent.filter(({ path }) => path === '/v1/traces').map(({ body }) => body);
  expect(bodies.some((body) => body.includes(Buffer.from(trace, 'hex')))).toBe(true);
});
