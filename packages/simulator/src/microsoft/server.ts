import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { FaultBoard } from '../control/faults.ts';
import type { RequestLog } from '../control/request-log.ts';
import { makeCertificate } from './certificate.ts';
import type { JsonDelivery } from '../disturbed.ts';
import { MicrosoftGateway, type MicrosoftWorld } from './gateway.ts';
import type { JsonRequest } from './http.ts';

const MAX_BODY_BYTES = 4 * 1024 * 1024;

/** A running listener for Microsoft's APIs. */
export interface MicrosoftServer {
  /** `https://…`: replaces both the sign-in host and the API hosts. */
  readonly url: string;
  /** PEM of the certificate that clients must trust. */
  readonly ca: string;
  close(): Promise<void>;
}

/** A body above the limit. */
export class BodyTooLarge extends Error {}

/** Reads a request to its end. @throws BodyTooLarge, SyntaxError, URIError */
export async function readRequest(request: IncomingMessage): Promise<JsonRequest> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw new BodyTooLarge();
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString('utf8');
  const url = new URL(request.url ?? '/', `https://${request.headers.host ?? 'localhost'}`);
  const type = request.headers['content-type'] ?? '';
  return {
    method: request.method ?? 'GET',
    path: decodeURIComponent(url.pathname),
    query: url.searchParams,
    headers: Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [
        name,
        Array.isArray(value) ? value.join(', ') : (value ?? ''),
      ]),
    ),
    body: type.includes('json') && text !== '' ? JSON.parse(text) : undefined,
    form: new URLSearchParams(type.includes('form-urlencoded') ? text : ''),
    origin: url.origin,
  };
}

/** Sends an answer, or damages it. */
export function send(response: ServerResponse, { answer, damage }: JsonDelivery): void {
  if (damage === 'reset') {
    // A TLS socket can't send a reset of its own; its client sees the connection end without an answer.
    response.socket?.destroy();
    return;
  }
  const text = answer.text ?? (answer.body === undefined ? '' : JSON.stringify(answer.body));
  const bytes = answer.bytes === undefined ? Buffer.from(text) : Buffer.from(answer.bytes);
  const type =
    answer.body === undefined ? {} : { 'content-type': 'application/json; odata.metadata=minimal' };
  response.writeHead(answer.status, { ...type, ...answer.headers, 'content-length': bytes.length });
  if (damage === 'truncate') {
    response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.socket?.destroy());
  } else response.end(bytes);
}

/** Starts the listener on a port of its own, over TLS. */
export async function startMicrosoftServer(options: {
  readonly host: string;
  readonly world: MicrosoftWorld;
  readonly faults: FaultBoard;
  readonly log: RequestLog;
}): Promise<MicrosoftServer> {
  const { key, cert } = await makeCertificate();
  const gateway = new MicrosoftGateway(options.world, options.faults, options.log);
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      send(response, await gateway.serve(await readRequest(request)));
    } catch (error) {
      if (response.headersSent) response.destroy();
      else if (error instanceof BodyTooLarge) response.writeHead(413, { connection: 'close' }).end();
      else if (error instanceof SyntaxError || error instanceof URIError) response.writeHead(400).end();
      else {
        console.error('simulator: request failed', error);
        response.writeHead(500).end();
      }
    }
  };
  const server = createServer({ key, cert }, (request, response) => void serve(request, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, options.host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `https://${options.host === '127.0.0.1' ? 'localhost' : options.host}:${port}`,
    ca: cert,
    close: () =>
      new Promise<void>((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}
