import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FaultBoard } from '../control/faults.ts';
import type { RequestLog } from '../control/request-log.ts';
import { BodyTooLarge, readRequest, send } from '../microsoft/server.ts';
import { GoogleGateway, type GoogleWorld } from './gateway.ts';
import { UPLOADS } from './managed-create.ts';

/** A running listener for Google's APIs. */
export interface GoogleServer {
  /** `http://…`: replaces the token endpoint and all API hosts. */
  readonly url: string;
  close(): Promise<void>;
}

/** Largest source package (Cloud Functions quotas: 100 MB). */
const MAX_UPLOAD_BYTES = 100 * 1024 * 1024;

/** Reads a body to its end and keeps its length and first bytes. @throws BodyTooLarge */
async function measured(request: IncomingMessage): Promise<{ size: number; head: Buffer }> {
  let size = 0;
  let head = Buffer.alloc(0);
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_UPLOAD_BYTES) throw new BodyTooLarge();
    if (head.length < 4) head = Buffer.concat([head, chunk.subarray(0, 4)]).subarray(0, 4);
  }
  return { size, head };
}

/** Starts the listener on a port of its own. */
export async function startGoogleServer(options: {
  readonly host: string;
  readonly world: GoogleWorld;
  readonly faults: FaultBoard;
  readonly log: RequestLog;
}): Promise<GoogleServer> {
  const gateway = new GoogleGateway(options.world, options.faults, options.log);
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      const origin = `http://${request.headers.host ?? options.host}`;
      if (request.method === 'PUT' && (request.url ?? '').startsWith(UPLOADS)) {
        const { size, head } = await measured(request);
        const delivery = gateway.upload(new URL(request.url ?? '/', origin), size, head);
        send(response, delivery);
        return;
      }
      const delivery = await gateway.serve({ ...(await readRequest(request)), origin });
      const headers = { 'content-type': 'application/json; charset=UTF-8', ...delivery.answer.headers };
      send(response, { ...delivery, answer: { ...delivery.answer, headers } });
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
  const server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, options.host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  const { host } = options;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    close: () =>
      new Promise<void>((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}
