import type { Client } from '@microsoft/microsoft-graph-client';
import type { ConnectOptions } from '../contract.ts';
import { CloudError, type CloudErrorKind } from '../errors.ts';
import type { Failure } from '../shared/retry.ts';
import { Caller, type CallOptions, type CallSite } from '../shared/caller.ts';
import { ownAddress } from '../shared/own-address.ts';
import { claimsOf, openCredential, retryAfterMs, signIn, signInError } from '../shared/microsoft.ts';

/** Hosts of the public cloud; an endpoint override replaces both. */
const GRAPH = 'https://graph.microsoft.com/';
const SCOPE = 'https://graph.microsoft.com/.default';

/** One page of an OData collection. */
interface ODataPage<T> {
  readonly value?: readonly T[];
  readonly '@odata.nextLink'?: string;
}

const KINDS: Readonly<Record<string, CloudErrorKind>> = {
  InvalidAuthenticationToken: 'invalid_credentials',
  Authorization_RequestDenied: 'denied',
  accessDenied: 'denied',
  ErrorAccessDenied: 'denied',
  Authentication_MSGraphPermissionMissing: 'denied',
  Authentication_RequestFromNonPremiumTenantOrB2CTenant: 'not_enabled',
  Request_ResourceNotFound: 'not_found',
  ResourceNotFound: 'not_found',
  itemNotFound: 'not_found',
  TooManyRequests: 'throttled',
  activityLimitReached: 'throttled',
  Request_BadRequest: 'invalid_input',
  BadRequest: 'invalid_input',
  serviceNotAvailable: 'unavailable',
};

function kindOf(code: string, status: number | undefined): CloudErrorKind {
  const known = Object.hasOwn(KINDS, code) ? KINDS[code] : undefined;
  if (known) return known;
  // An error after 2xx is an answer that could not be read.
  if (status === undefined || status >= 500 || status < 300) return 'unavailable';
  if (status === 429) return 'throttled';
  if (status === 404) return 'not_found';
  if (status === 403) return 'denied';
  if (status === 401) return 'invalid_credentials';
  if (status === 400) return 'invalid_input';
  return 'unknown';
}

/** Microsoft Graph as one application of one tenant. */
export class GraphSession {
  readonly caller: Caller;
  readonly tenantId: string;
  readonly clientId: string;
  readonly #values: Readonly<Record<string, string>>;
  readonly #endpoint: string | undefined;
  #client: Promise<{ client: Client; token: (signal?: AbortSignal) => Promise<string> }> | undefined;

  constructor(values: Readonly<Record<string, string>>, options: ConnectOptions) {
    this.#values = values;
    this.#endpoint = options.endpoint?.replace(/\/$/, '');
    this.tenantId = values['tenantId'] ?? '';
    this.clientId = values['clientId'] ?? '';
    this.caller = new Caller(options, (thrown, site) => this.#failure(thrown, site));
  }

  /** Claims of the access token, e.g. `roles`: the application permissions that were consented to. */
  async claims(signal?: AbortSignal): Promise<Readonly<Record<string, unknown>>> {
    return this.caller.call(
      { call: 'POST /oauth2/v2.0/token', region: 'global' },
      async (ends) => claimsOf(await (await this.#open()).token(ends)),
      { signal },
    );
  }

  /** One object. @param path with its query, e.g. `/users/{id}?$select=id` */
  async get<T>(path: string, options: CallOptions & { readonly eventual?: boolean } = {}): Promise<T> {
    return this.caller.call(
      siteOf('GET', path),
      async (signal) => {
        const request = (await this.#ready(signal)).api(path).option('signal', signal);
        if (options.eventual) request.header('ConsistencyLevel', 'eventual');
        const answer = (await request.get()) as T & { '@odata.context'?: string };
        // Says where its schema is, which is no part of the object.
        delete answer['@odata.context'];
        return answer;
      },
      options,
    );
  }

  /** Follows a collection over `@odata.nextLink`. */
  pages<T>(
    path: string,
    options: CallOptions & { readonly eventual?: boolean } = {},
  ): AsyncGenerator<readonly T[]> {
    return this.caller.pages(siteOf('GET', path), async (next) => {
      const place =
        next === undefined ? path : ownAddress(next, this.#endpoint ?? GRAPH, siteOf('GET', path));
      const page = await this.get<ODataPage<T>>(place, options);
      return { items: page.value ?? [], next: page['@odata.nextLink'] };
    });
  }

  /** A report: the redirect to its file is followed without our token. @returns CSV text without byte order mark */
  async report(path: string, options: CallOptions = {}): Promise<string> {
    return this.caller.call(
      siteOf('GET', path),
      async (signal) => {
        const { token } = await this.#open();
        const base = this.#endpoint === undefined ? GRAPH : `${this.#endpoint}/`;
        const headers = { authorization: `Bearer ${await token(signal)}` };
        const first = await fetch(`${base}v1.0${path}`, { headers, redirect: 'manual', signal });
        const place = first.headers.get('location');
        if (place !== null && URL.parse(place)?.protocol !== 'https:')
          throw new CloudError({
            kind: 'unavailable',
            message: 'The file of the report is at an address without TLS; it is not fetched.',
            providerCode: 'ForeignAddress',
            ...siteOf('GET', path),
          });
        const answer = place === null ? first : await fetch(place, { signal });
        if (!answer.ok) throw await httpError(answer);
        return (await answer.text()).replace(/^\uFEFF/, '');
      },
      options,
    );
  }

  /** Writes. Graph's posts bear no token: after a lost answer it is for the caller to look whether it happened. */
  async send(method: 'POST' | 'PATCH', path: string, body: object, options: CallOptions = {}): Promise<void> {
    await this.caller.call(
      siteOf(method, path),
      async (signal) => {
        const request = (await this.#ready(signal)).api(path).option('signal', signal);
        await (method === 'POST' ? request.post(body) : request.patch(body));
      },
      { retry: method === 'POST' ? 'refused-only' : 'safe', ...options },
    );
  }

  /** The client, signed in: asked for a token by itself it would wrap a refusal and lose what it was. */
  async #ready(signal: AbortSignal): Promise<Client> {
    const { client, token } = await this.#open();
    await token(signal);
    return client;
  }

  async #open() {
    this.#client ??= this.#make();
    return this.#client;
  }

  async #make() {
    const { Client, AuthenticationHandler, HTTPMessageHandler } =
      await import('@microsoft/microsoft-graph-client');
    const credential = await openCredential(this.#values, this.#endpoint);
    const token = (signal?: AbortSignal): Promise<string> =>
      signIn(credential, SCOPE, this.tenantId, this.#endpoint, signal);
    // Without the client's own retry handler: retries are ours alone; two policies would multiply.
    const authentication = new AuthenticationHandler({ getAccessToken: () => token() });
    authentication.setNext(new HTTPMessageHandler());
    const base = this.#endpoint === undefined ? GRAPH : `${this.#endpoint}/`;
    const client = Client.initWithMiddleware({
      middleware: authentication,
      baseUrl: base,
      defaultVersion: 'v1.0',
      customHosts: new Set([new URL(base).hostname]),
    });
    return { client, token };
  }

  #failure(thrown: unknown, site: CallSite): Failure {
    const signIn = signInError(thrown, 'POST /oauth2/v2.0/token');
    if (signIn) return { error: signIn, retryAfterMs: undefined, clockCorrected: false };
    const error = thrown as {
      statusCode?: number;
      code?: string | null;
      message?: string;
      headers?: Headers;
    };
    const status = error.statusCode === -1 ? undefined : error.statusCode;
    const code = typeof error.code === 'string' ? error.code : '';
    const kind = kindOf(code, status);
    const said = (error.message ?? '').split('\n')[0]?.slice(0, 300) ?? '';
    return {
      error: new CloudError({
        kind,
        message: this.#redact(said === '' ? 'Microsoft Graph gave no reason.' : said),
        ...site,
        ...(code === '' ? {} : { providerCode: code.slice(0, 100) }),
        ...(status === undefined ? {} : { httpStatus: status }),
      }),
      retryAfterMs: retryAfterMs(error.headers?.get?.('retry-after'), this.caller.clock.now()),
      clockCorrected: false,
    };
  }

  #redact(text: string): string {
    const secret = this.#values['clientSecret'] ?? '';
    return secret === '' ? text : text.replaceAll(secret, '[redacted]');
  }

  close(): void {
    this.caller.close();
  }
}

function siteOf(method: string, path: string): CallSite {
  const plain = path.replace(/^https?:\/\/[^/]+(\/v1\.0)?/, '').split('?')[0] ?? path;
  // Ids out of the name, so that the log and the metrics have few of them.
  return { call: `${method} ${plain.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/gi, '{id}')}`, region: 'global' };
}

async function httpError(answer: Response): Promise<Error> {
  const text = await answer.text().catch(() => '');
  let code = '';
  let message = `Microsoft Graph answered ${answer.status}`;
  try {
    const body = JSON.parse(text) as { error?: { code?: string; message?: string } };
    code = body.error?.code ?? '';
    message = body.error?.message ?? message;
  } catch {
    // An answer that is no JSON says nothing more.
  }
  return Object.assign(new Error(message), { statusCode: answer.status, code, headers: answer.headers });
}
