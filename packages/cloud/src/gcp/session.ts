import type { JWT } from 'google-auth-library';
import type { ConnectOptions } from '../contract.ts';
import { CloudError } from '../errors.ts';
import type { Json } from '../resource.ts';
import { Caller, type CallOptions, type CallSite } from '../shared/caller.ts';
import { ownAddress } from '../shared/own-address.ts';
import { googleFailure, HttpFailure, SignInFailure } from './errors.ts';
import type { ServiceAccountKey } from './key.ts';

/** Scope of Google's APIs; what is allowed is decided by IAM alone. */
const SCOPE = 'https://www.googleapis.com/auth/cloud-platform';

/** Where signed addresses lead (Cloud Storage, "Signed URLs"). */
const UPLOADS = 'https://storage.googleapis.com';

/** The APIs in use with their hosts and the path all their methods share (Google API discovery documents). */
const APIS = {
  compute: ['compute.googleapis.com', '/compute/v1/'],
  storage: ['storage.googleapis.com', '/storage/v1/'],
  sql: ['sqladmin.googleapis.com', '/v1/'],
  functions: ['cloudfunctions.googleapis.com', '/v2/'],
  container: ['container.googleapis.com', '/v1/'],
  monitoring: ['monitoring.googleapis.com', '/v3/'],
  projects: ['cloudresourcemanager.googleapis.com', '/v3/'],
  bigquery: ['bigquery.googleapis.com', '/bigquery/v2/'],
  billing: ['cloudbilling.googleapis.com', '/v1/'],
} as const;
export type Api = keyof typeof APIS;

/** One call of an API. */
export interface ApiRequest {
  readonly api: Api;
  /** The IAM permission it needs, which also names it in messages: `compute.instances.list`. */
  readonly permission: string;
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Below the API's own path, without leading slash; segments encoded where needed. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | readonly string[] | undefined>>;
  readonly body?: unknown;
}

/** A page of a listing: the token's name is the same everywhere. */
export interface Page {
  readonly nextPageToken?: string;
}

/** One project through one service account. */
export class GcpSession {
  readonly caller: Caller;
  readonly projectId: string;
  /** `project.dataset.table` of the billing export; undefined where none is named. */
  readonly billingTable: string | undefined;
  readonly principal: string;
  readonly #key: ServiceAccountKey;
  /** Base URL that replaces all hosts. */
  readonly endpoint: string | undefined;
  #client: Promise<JWT> | undefined;

  constructor(
    key: ServiceAccountKey,
    settings: { readonly projectId: string; readonly billingTable: string | undefined },
    options: ConnectOptions,
  ) {
    this.#key = key;
    this.projectId = settings.projectId;
    this.billingTable = settings.billingTable;
    this.principal = key.client_email;
    this.endpoint = options.endpoint?.replace(/\/$/, '');
    this.caller = new Caller(options, (thrown, site) =>
      googleFailure(thrown, site, () => this.caller.clock.now()),
    );
  }

  /** An access token. Rejects with {@link SignInFailure}. */
  async token(signal?: AbortSignal): Promise<string> {
    signal?.throwIfAborted();
    this.#client ??= this.#open();
    const client = await this.#client;
    try {
      const { token } = await client.getAccessToken();
      if (typeof token === 'string' && token !== '') return token;
    } catch (error) {
      throw SignInFailure.of(error);
    }
    throw new SignInFailure(undefined, '', 'The token endpoint answered without a token.');
  }

  /** The library always asks oauth2.googleapis.com, whatever the key says: the override is put in below it. */
  async #open(): Promise<JWT> {
    const { JWT } = await import('google-auth-library');
    const base = this.endpoint;
    const timeoutMs = this.caller.requestTimeoutMs;
    const client = new JWT({
      email: this.#key.client_email,
      key: this.#key.private_key,
      keyId: this.#key.private_key_id,
      scopes: [SCOPE],
      transporterOptions: {
        fetchImplementation: async (input, init) => {
          const url = new URL(input instanceof Request ? input.url : input);
          const target = base === undefined ? url : `${base}${url.pathname}${url.search}`;
          return fetch(target, { ...init, signal: AbortSignal.timeout(timeoutMs) });
        },
      },
    });
    // Retries are ours alone; two policies would multiply.
    client.transporter.interceptors.request.add({
      resolved: async (config) => {
        config.retry = false;
        config.retryConfig = { retry: 0, noResponseRetries: 0 };
        return config;
      },
    });
    return client;
  }

  /** Runs one call under the policy and answers its JSON. @throws CloudError */
  async call<T>(request: ApiRequest, options: CallOptions = {}): Promise<T> {
    return this.caller.call(
      { call: request.permission, region: 'global' },
      async (signal) => {
        const token = await this.token(signal);
        const answer = await fetch(this.#url(request), {
          method: request.method ?? 'GET',
          headers: {
            authorization: `Bearer ${token}`,
            accept: 'application/json',
            ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
          },
          ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
          // The APIs do not redirect; whoever does would be handed what a change carries.
          redirect: 'error',
          signal,
        });
        const text = await answer.text();
        if (!answer.ok) throw new HttpFailure(answer.status, text, answer.headers.get('retry-after'));
        if (text === '') return {} as T;
        // HTML of a proxy and a cut answer end here as well: not JSON is not an answer.
        return JSON.parse(text) as T;
      },
      options,
    );
  }

  /** Puts bytes at a signed address, without a token: whoever knows the address may. @throws CloudError */
  async put(
    address: string,
    bytes: Uint8Array<ArrayBuffer>,
    options: {
      readonly type: string;
      readonly site: CallSite;
      readonly timeoutMs: number;
      readonly signal: AbortSignal | undefined;
    },
  ): Promise<void> {
    const { type, site, timeoutMs, signal } = options;
    const place = ownAddress(address, this.endpoint ?? UPLOADS, site);
    await this.caller.call(
      site,
      async (ending) => {
        const headers = { 'content-type': type };
        const answer = await fetch(place, {
          method: 'PUT',
          headers,
          body: bytes,
          redirect: 'error',
          signal: ending,
        });
        if (!answer.ok)
          throw new HttpFailure(answer.status, await answer.text(), answer.headers.get('retry-after'));
      },
      { signal, timeoutMs },
    );
  }

  /** Follows a listing page by page, each page under the policy of a call of its own. */
  pages<T extends Page>(request: ApiRequest, signal: AbortSignal | undefined): AsyncGenerator<readonly T[]> {
    return this.caller.pages({ call: request.permission, region: 'global' }, async (token) => {
      const query = token === undefined ? request.query : { ...request.query, pageToken: token };
      const page = await this.call<T>({ ...request, ...(query === undefined ? {} : { query }) }, { signal });
      return { items: [page], next: page.nextPageToken };
    });
  }

  #url({ api, path, query }: ApiRequest): string {
    const [host, prefix] = APIS[api];
    const url = new URL(`${this.endpoint ?? `https://${host}`}${prefix}${path}`);
    for (const [name, value] of Object.entries(query ?? {}))
      for (const one of Array.isArray(value) ? value : [value])
        if (one !== undefined) url.searchParams.append(name, String(one));
    return url.href;
  }

  close(): void {
    this.caller.close();
    this.#client = undefined;
  }
}

/** Any object of an API as it came. */
export type Entity = Readonly<Record<string, Json | undefined>>;

/** A member that should be a text. */
export function str(entity: Entity | undefined, name: string): string | undefined {
  const value = entity?.[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A member that should be a number; 64-bit numbers come as texts. */
export function num(entity: Entity | undefined, name: string): number | undefined {
  const value = entity?.[name];
  const number = typeof value === 'string' && value !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

/** A member that should be an object. */
export function obj(entity: Entity | undefined, name: string): Entity | undefined {
  const value = entity?.[name];
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
}

/** The objects of a member that should be a list of them. */
export function list(entity: Entity | undefined, name: string): readonly Entity[] {
  const value = entity?.[name];
  return Array.isArray(value)
    ? value.filter(
        (one): one is { [key: string]: Json } =>
          typeof one === 'object' && one !== null && !Array.isArray(one),
      )
    : [];
}

/** The texts of a member that should be a list of them. */
export function texts(entity: Entity | undefined, name: string): readonly string[] {
  const value = entity?.[name];
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

/** A member that maps names to texts: labels. */
export function labelsOf(entity: Entity | undefined, name = 'labels'): Record<string, string> {
  return Object.fromEntries(
    Object.entries(obj(entity, name) ?? {}).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );
}

/** @throws CloudError `unavailable`: a success that does not say what it should */
export function unreadable(permission: string): CloudError {
  return new CloudError({
    kind: 'unavailable',
    message: 'Google Cloud did not give a usable answer.',
    call: permission,
  });
}
