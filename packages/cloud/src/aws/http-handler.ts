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

/**
 * Whether a body is a page for people. Told by its beginning and not by its type: emulators label the JSON of their
 * answers `text/html`, the default of the web frameworks they are written in.
 */
function isHtml(body: Uint8Array): boolean {
  const head = Buffer.from(body.buffer, body.byteOffset, Math.min(body.byteLength, 200))
    .toString('latin1')
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .trimStart()
    .toLowerCase();
  return /^(<!--[^]*?-->\s*)?<(!doctype html|html|head|body)\b/.test(head);
}

const NULL_ITEM = /[[,]\s*null\s*[,\]]/;

/**
 * JSON without null members of lists. AWS has none where its models do not call a list sparse, so the SDK hands them on
 * as if they were members; other endpoints have them.
 */
function withoutNullItems(body: Uint8Array): Uint8Array {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  if (bytes[0] !== 0x7b || !bytes.includes('null')) return body;
  const text = bytes.toString('utf8');
  if (!NULL_ITEM.test(text)) return body;
  try {
    const tidy = (_key: string, value: unknown): unknown =>
      Array.isArray(value) ? value.filter((item) => item !== null) : value;
    return Buffer.from(JSON.stringify(JSON.parse(text, tidy)));
  } catch {
    // Not JSON after all, or cut: the SDK says what is wrong with it.
    return body;
  }
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
    const status = response.statusCode;
    const objects = this.#rules.bodies === 'objects';
    // An error of the object store is XML; an HTML page with an error status is somebody else's.
    if (objects && status < 400) return answer;
    const body = await readAll(response.body as AsyncIterable<Uint8Array>, status);
    if (isHtml(body)) throw new UnreadableAnswer(status, 'an HTML page');
    // HEAD has no body whatever its status.
    if (!objects && body.byteLength === 0 && (status >= 400 || (status === 200 && !mayBeEmpty(request))))
      throw new UnreadableAnswer(status, 'an empty body');
    response.body = withoutNullItems(body);
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
