import { randomUUID } from 'node:crypto';
import type { FaultBoard, FaultSet } from '../control/faults.ts';
import type { RequestLog } from '../control/request-log.ts';
import { disturbed, type JsonDelivery } from '../disturbed.ts';
import { ResourceManager } from './arm/arm.ts';
import { blobError, BlobService, isBlobRequest, STORAGE } from './arm/blobs.ts';
import { retailPrices } from './arm/retail.ts';
import type { Subscription } from './arm/subscription.ts';
import type { Directory } from './directory.ts';
import { Entra, type Caller } from './entra.ts';
import { graphRoute } from './graph/graph.ts';
import { ApiError, type JsonAnswer, type JsonRequest } from './http.ts';

const GRAPH = 'https://graph.microsoft.com';
const MANAGEMENT = 'https://management.azure.com';

const HTML_PAGE =
  '<!DOCTYPE html>\r\n<html><head><title>502 - Web server received an invalid response</title></head><body>Bad Gateway</body></html>\r\n';

/** What the gateway serves, read anew for each request. */
export interface MicrosoftWorld {
  readonly directories: () => ReadonlyMap<string, Directory>;
  readonly subscriptions: () => ReadonlyMap<string, Subscription>;
  readonly now: () => number;
  /** The simulated time at which something that takes so many seconds is over. */
  readonly after: (seconds: number) => number;
}

/** Serves the sign-in host and Microsoft Graph over the tenants of a world. */
export class MicrosoftGateway {
  readonly #now: () => number;
  readonly #after: (seconds: number) => number;
  readonly #arm: ResourceManager;
  readonly #blobs: BlobService;
  readonly #faults: FaultBoard;
  readonly #log: RequestLog;
  readonly #entra: Entra;
  readonly #files = new Map<string, string>();

  constructor(world: MicrosoftWorld, faults: FaultBoard, log: RequestLog) {
    const { directories, now } = world;
    this.#now = now;
    this.#after = world.after;
    this.#arm = new ResourceManager(world.subscriptions);
    this.#blobs = new BlobService(world.subscriptions);
    this.#faults = faults;
    this.#log = log;
    this.#entra = new Entra(directories, now);
  }

  async serve(request: JsonRequest): Promise<JsonDelivery> {
    const started = performance.now();
    const requestId = randomUUID();
    const trace = { service: 'entra', operation: '', accountId: '', accessKeyId: '' };
    let delivery: JsonDelivery;
    try {
      delivery = await this.#route(request, trace);
    } catch (thrown) {
      if (!(thrown instanceof ApiError)) throw thrown;
      delivery = { answer: envelope(thrown, requestId), damage: undefined };
    }
    const { status, body } = delivery.answer;
    this.#log.add({
      at: new Date().toISOString(),
      requestId,
      service: trace.service,
      operation: trace.operation,
      region: 'global',
      accountId: trace.accountId === '' ? undefined : trace.accountId,
      accessKeyId: trace.accessKeyId === '' ? undefined : trace.accessKeyId,
      status,
      error: status >= 400 ? codeOf(body) : undefined,
      durationMs: Math.round(performance.now() - started),
    });
    const headers = { 'request-id': requestId, 'client-request-id': requestId, ...delivery.answer.headers };
    return { ...delivery, answer: { ...delivery.answer, headers } };
  }

  async #route(
    request: JsonRequest,
    trace: { service: string; operation: string; accountId: string; accessKeyId: string },
  ): Promise<JsonDelivery> {
    const file = /^\/reportfiles\/([\w-]+)$/.exec(request.path);
    if (file) return { answer: this.#file(file[1] ?? ''), damage: undefined };
    if (request.path === '/api/retail/prices') {
      trace.service = 'prices';
      trace.operation = 'RetailPrices';
      const faults = this.#faultsOf('prices:RetailPrices', '', '');
      return this.#disturbed(faults, async () => retailPrices(request, this.#now()));
    }
    if (isBlobRequest(request)) return this.#blobAnswer(request, trace);
    if (/^\/subscriptions(\/|$)/i.test(request.path)) {
      trace.service = 'arm';
      const caller = await this.#entra.caller(request, MANAGEMENT);
      trace.operation = ResourceManager.action(request);
      trace.accountId = request.path.split('/')[2] ?? '';
      trace.accessKeyId = caller.application.clientId;
      const faults = this.#faultsOf(trace.operation, trace.accountId, trace.accessKeyId);
      return this.#disturbed(
        faults,
        async () => this.#arm.serve({ request, caller, now: this.#now(), after: this.#after, faults }),
        trace.operation,
      );
    }
    if (!request.path.startsWith('/v1.0/')) {
      trace.operation = 'Token';
      trace.accountId = request.path.split('/')[1] ?? '';
      trace.accessKeyId = request.form.get('client_id') ?? '';
      const faults = this.#faultsOf('entra:Token', trace.accountId, trace.accessKeyId);
      return this.#disturbed(faults, async () => {
        const answer = await this.#entra.serve(request);
        if (answer) return answer;
        throw new ApiError(404, 'ResourceNotFound', `There is nothing at ${request.path}.`);
      });
    }
    trace.service = 'graph';
    const caller = await this.#entra.caller(request, GRAPH);
    const route = graphRoute(request);
    trace.operation = route.name;
    trace.accountId = caller.directory.id;
    trace.accessKeyId = caller.application.clientId;
    const faults = this.#faultsOf(`graph:${route.name}`, trace.accountId, trace.accessKeyId);
    return this.#disturbed(faults, async () =>
      route.serve({ ...this.#context(caller), request, faults, files: this.#files }),
    );
  }

  /** Blobs of storage accounts: refusals are XML, whoever makes them. */
  async #blobAnswer(
    request: JsonRequest,
    trace: { service: string; operation: string; accountId: string; accessKeyId: string },
  ): Promise<JsonDelivery> {
    trace.service = 'blob';
    trace.operation = BlobService.operation(request);
    trace.accountId = request.path.split('/')[1] ?? '';
    try {
      const caller = await this.#entra.caller(request, STORAGE);
      trace.accessKeyId = caller.application.clientId;
      const faults = this.#faultsOf(trace.operation, trace.accountId, trace.accessKeyId);
      return await this.#disturbed(faults, async () =>
        this.#blobs.serve(request, caller, this.#now(), faults),
      );
    } catch (thrown) {
      if (!(thrown instanceof ApiError)) throw thrown;
      return { answer: blobError(thrown), damage: undefined };
    }
  }

  #context(caller: Caller) {
    return { caller, directory: caller.directory, now: this.#now() };
  }

  #faultsOf(action: string, accountId: string, accessKeyId: string): FaultSet {
    return this.#faults.for({ action, region: 'global', accountId, accessKeyId, principal: accessKeyId });
  }

  #disturbed(faults: FaultSet, work: () => Promise<JsonAnswer>, armAction?: string): Promise<JsonDelivery> {
    return disturbed(faults, work, {
      throttled: (headers) => new ApiError(429, 'TooManyRequests', 'Too many requests.', headers),
      denied: () =>
        armAction === undefined
          ? new ApiError(
              403,
              'Authorization_RequestDenied',
              'Insufficient privileges to complete the operation.',
            )
          : new ApiError(
              403,
              'AuthorizationFailed',
              `The client does not have authorization to perform action '${armAction}' over scope or the scope is invalid.`,
            ),
      failed: (status, code, message) => new ApiError(status, code, message),
      page: HTML_PAGE,
    });
  }

  #file(token: string): JsonAnswer {
    const text = this.#files.get(token);
    this.#files.delete(token);
    if (text === undefined) return { status: 404, text: '' };
    return { status: 200, headers: { 'content-type': 'application/octet-stream' }, text };
  }
}

function envelope(error: ApiError, requestId: string): JsonAnswer {
  const date = new Date().toISOString().replace(/\.\d{3}Z$/, '');
  return {
    status: error.status,
    headers: error.headers,
    body: {
      error: {
        code: error.code,
        message: error.message,
        innerError: { date, 'request-id': requestId, 'client-request-id': requestId },
      },
    },
  };
}

function codeOf(body: unknown): string | undefined {
  const error = (body as { error?: string | { code?: string } } | undefined)?.error;
  return typeof error === 'string' ? error : error?.code;
}
