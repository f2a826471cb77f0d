import { createServer as createPlain, request as requestPlain } from 'node:http';
import type { IncomingMessage, RequestListener, Server } from 'node:http';
import { createServer, request as requestTls } from 'node:https';
import type { AddressInfo } from 'node:net';

/** A request as it was seen. */
export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: string;
}

/** An answer that can be tampered with. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** A running server of a test. */
export interface Place {
  readonly url: string;
  readonly seen: readonly Seen[];
  close(): Promise<void>;
}

/** Key and certificate, PEM; absent for plain HTTP. */
type Identity = { readonly key: string; readonly cert: string } | undefined;

async function read(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of message as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

async function listen(
  identity: Identity,
  answer: (seen: Seen, headers: NodeJS.Dict<string | string[]>) => Promise<Answer>,
): Promise<Place> {
  const seen: Seen[] = [];
  const serve: RequestListener = (request, response) => {
    void read(request)
      .then(async (body) => {
        const { method = 'GET', url = '/' } = request;
        const one = { method, path: url, authorization: request.headers.authorization, body };
        seen.push(one);
        const { status, headers, body: text } = await answer(one, request.headers);
        response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(text) }).end(text);
      })
      .catch(() => response.destroy());
  };
  const server: Server = identity ? createServer(identity, serve) : createPlain(serve);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `${identity ? 'https' : 'http'}://localhost:${port}`,
    seen,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A host that has no business with us: it writes down who comes and answers something empty. */
export async function startStranger(identity: Identity): Promise<Place> {
  return listen(identity, async () => ({
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: '{"value":[]}',
  }));
}

/** Stands between a client and a simulator, and changes what `tamper` changes. */
export async function startBetween(
  identity: Identity,
  target: { readonly url: string; readonly ca?: string },
  tamper: (answer: Answer, seen: Seen) => void,
): Promise<Place> {
  const { protocol, port } = new URL(target.url);
  const request = protocol === 'https:' ? requestTls : requestPlain;
  return listen(identity, async (one, headers) => {
    const answer = await new Promise<Answer>((resolve, reject) => {
      // The caller's Host stays, so that the simulator's links lead back here.
      const options = { host: '127.0.0.1', port, method: one.method, path: one.path, headers };
      request({ ...options, ...(target.ca ? { ca: target.ca } : {}), servername: 'localhost' }, (message) => {
        read(message).then(
          (body) =>
            resolve({
              status: message.statusCode ?? 500,
              headers: Object.fromEntries(
                Object.entries(message.headers)
                  .filter(([name]) => !['content-length', 'connection', 'keep-alive'].includes(name))
                  .map(([name, value]) => [name, String(value)]),
              ),
              body,
            }),
          reject,
        );
      })
        .on('error', reject)
        .end(one.body);
    });
    tamper(answer, one);
    return answer;
  });
}
