import type { NodeHttpHandler } from '@smithy/node-http-handler';
import type { HttpHandlerOptions } from '@smithy/types';

type InnerHandler = Pick<NodeHttpHandler, 'handle' | 'updateHttpClientConfig' | 'httpHandlerConfigs'>;
type Request = Parameters<NodeHttpHandler['handle']>[0];
type Answer = Awaited<ReturnType<NodeHttpHandler['handle']>>;

/** Largest answer that is read into memory; listings are paged far below it. */
const MAX_BODY_BYTES = 64 * 1024 * 1024;

/** An answer that is not one of the service: a proxy's page, nothing, or too much. */
export class UnreadableAnswer extends Error {
  override readonly name = 'UnreadableAnswer';
  readonly status: number;

  constructor(status: number, what: string) {
    super(`the provider answered HTTP ${status} with ${what}`);
    this.status = status;
  }
}

async function readAll(body: AsyncIterable<Uint8Array>, status: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > MAX_BODY_BYTES) throw new UnreadableAnswer(status, 'more than 64 MiB');
    chunks.push(chunk);
  }
  return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, size);
}

function isHtml(contentType: string | undefined, body: Uint8Array | undefined): boolean {
  if (contentType?.toLowerCase().startsWith('text/html')) return true;
  if (!body) return false;
  const head = Buffer.from(body.buffer, body.byteOffset, Math.min(body.byteLength, 200))
    .toString('latin1')
    .trimStart()
    .toLowerCase();
  return head.startsWith('<html') || head.startsWith('<!doctype html');
}

/**
 * Changes that have nothing to say are answered with an empty body: by JSON-RPC services (KMS API reference,
 * DisableKey: `Content-Length: 0`) and by REST services for tags (OpenSearch API reference, AddTags). Reads
 * always have one.
 */
function mayBeEmpty(request: Request): boolean {
  const target = request.headers['x-amz-target'];
  if (target !== undefined) return !/\.(Describe|List|Get|BatchGet|Search|Lookup)/.test(target);
  return request.method !== 'GET' && /\/tags(-removal|\/|$)/.test(request.path);
}

/** How answers of a service are checked. */
export interface AnswerRules {
  /** `objects`: bodies are streamed and may be anything (S3); `messages`: every body is read whole. */
  readonly bodies: 'messages' | 'objects';
}

/**
 * Passes requests on to a shared handler and refuses answers that the SDK would take for "no
 * data" or fail on obscurely: HTML pages, and empty bodies where the protocol always has one.
 */
export class CheckedHandler {
  readonly metadata = { handlerProtocol: 'http/1.1' };
  readonly #inner: InnerHandler;
  readonly #rules: AnswerRules;

  constructor(inner: InnerHandler, rules: AnswerRules) {
    this.#inner = inner;
    this.#rules = rules;
  }

  async handle(request: Request, options?: HttpHandlerOptions): Promise<Answer> {
    const answer = await this.#inner.handle(request, options);
    const { response } = answer;
    const type = response.headers['content-type'];
    const status = response.statusCode;
    if (this.#rules.bodies === 'objects') {
      // An error of the object store is XML; an HTML page with an error status is somebody else's.
      if (status >= 400 && isHtml(type, undefined)) throw new UnreadableAnswer(status, 'an HTML page');
      return answer;
    }
    const body = await readAll(response.body as AsyncIterable<Uint8Array>, status);
    if (isHtml(type, body)) throw new UnreadableAnswer(status, 'an HTML page');
    if (body.byteLength === 0 && (status >= 400 || (status === 200 && !mayBeEmpty(request))))
      throw new UnreadableAnswer(status, 'an empty body');
    response.body = body;
    return answer;
  }

  updateHttpClientConfig(key: never, value: never): void {
    this.#inner.updateHttpClientConfig(key, value);
  }

  httpHandlerConfigs(): object {
    return this.#inner.httpHandlerConfigs();
  }

  /** The inner handler is shared; its owner destroys it. */
  destroy(): void {}
}
