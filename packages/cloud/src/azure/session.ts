import type { ComputeManagementClient } from '@azure/arm-compute';
import type { ContainerServiceClient } from '@azure/arm-containerservice';
import type { CostManagementClient } from '@azure/arm-costmanagement';
import type { MonitorClient } from '@azure/arm-monitor';
import type { NetworkManagementClient } from '@azure/arm-network';
import type { ResourceManagementClient } from '@azure/arm-resources';
import type { SubscriptionClient } from '@azure/arm-resources-subscriptions';
import type { SqlManagementClient } from '@azure/arm-sql';
import type { StorageManagementClient } from '@azure/arm-storage';
import type { WebSiteManagementClient } from '@azure/arm-appservice';
import type { ClientSecretCredential } from '@azure/identity';
import type { BlobServiceClient } from '@azure/storage-blob';
import type { ConnectOptions } from '../contract.ts';
import { Caller, type CallOptions, type CallSite } from '../shared/caller.ts';
import { claimsOf, openCredential, signIn } from '../shared/microsoft.ts';
import { ownAddress } from '../shared/own-address.ts';
import { armFailure } from './errors.ts';

const SCOPE = 'https://management.azure.com/.default';
const ENDPOINT = 'https://management.azure.com';
const PRICE_ENDPOINT = 'https://prices.azure.com';

/** The clients in use, each loaded when it is first asked for: together they weigh some hundred megabytes. */
export interface Clients {
  compute: ComputeManagementClient;
  network: NetworkManagementClient;
  storage: StorageManagementClient;
  sql: SqlManagementClient;
  web: WebSiteManagementClient;
  aks: ContainerServiceClient;
  monitor: MonitorClient;
  resources: ResourceManagementClient;
  subscriptions: SubscriptionClient;
  costs: CostManagementClient;
}

/** What the packages' pagers answer. */
interface Pager<T> {
  byPage(settings?: {
    continuationToken?: string;
  }): AsyncIterableIterator<T[] & { continuationToken?: string }>;
}

/** One subscription through one application. */
export class AzureSession {
  readonly caller: Caller;
  readonly tenantId: string;
  readonly subscriptionId: string;
  readonly endpoint: string;
  readonly #values: Readonly<Record<string, string>>;
  readonly #override: string | undefined;
  readonly #clients = new Map<keyof Clients, Promise<unknown>>();
  readonly #blobs = new Map<string, Promise<BlobServiceClient>>();
  #credential: Promise<ClientSecretCredential> | undefined;

  constructor(values: Readonly<Record<string, string>>, options: ConnectOptions) {
    this.#values = values;
    this.#override = options.endpoint?.replace(/\/$/, '');
    this.endpoint = this.#override ?? ENDPOINT;
    this.tenantId = values['tenantId'] ?? '';
    this.subscriptionId = (values['subscriptionId'] ?? '').toLowerCase();
    const secret = values['clientSecret'] ?? '';
    this.caller = new Caller(options, (thrown, site) =>
      armFailure(thrown, site, secret, () => this.caller.clock.now()),
    );
  }

  /** Whether the provider's endpoint is replaced, i.e. this is not the real Azure. */
  get redirected(): boolean {
    return this.#override !== undefined;
  }

  /** Where retail prices are asked for. */
  get priceEndpoint(): string {
    return this.#override ?? PRICE_ENDPOINT;
  }

  /** Claims of the access token: who we are to Azure. */
  async claims(signal?: AbortSignal): Promise<Readonly<Record<string, unknown>>> {
    return this.caller.call(
      { call: 'POST /oauth2/v2.0/token', region: 'global' },
      async (ends) => claimsOf(await this.token(ends)),
      { signal },
    );
  }

  async token(signal?: AbortSignal): Promise<string> {
    this.#credential ??= openCredential(this.#values, this.#override);
    return signIn(await this.#credential, SCOPE, this.tenantId, this.#override, signal);
  }

  /** Runs one call of a client under the policy. @throws CloudError */
  async call<K extends keyof Clients, T>(
    name: K,
    call: string,
    work: (client: Clients[K], options: { abortSignal: AbortSignal }) => Promise<T>,
    options: CallOptions = {},
  ): Promise<T> {
    return this.caller.call(
      site(call),
      async (signal) => {
        // Asked for first: a refused sign-in inside the client would lose what it was.
        await this.token(signal);
        return work(await this.#client(name), { abortSignal: signal });
      },
      options,
    );
  }

  /** Runs one call against the blobs of a storage account, which is a service of its own with a token of its own. */
  async blobs<T>(
    account: string,
    call: string,
    work: (service: BlobServiceClient, abortSignal: AbortSignal) => Promise<T>,
    signal: AbortSignal | undefined,
  ): Promise<T> {
    return this.caller.call(
      site(call),
      async (ends) => {
        await this.token(ends);
        let service = this.#blobs.get(account);
        if (!service) {
          service = this.#openBlobs(account);
          this.#blobs.set(account, service);
        }
        return work(await service, ends);
      },
      { signal },
    );
  }

  async #openBlobs(account: string): Promise<BlobServiceClient> {
    const { BlobServiceClient } = await import('@azure/storage-blob');
    this.#credential ??= openCredential(this.#values, this.#override);
    const place = this.#override
      ? `${this.#override}/${account}`
      : `https://${account}.blob.core.windows.net`;
    // Retries are ours alone; two policies would multiply.
    return new BlobServiceClient(place, await this.#credential, { retryOptions: { maxTries: 1 } });
  }

  /** Follows a pager page by page, each page under the policy of a call of its own. */
  pages<K extends keyof Clients, T>(
    name: K,
    call: string,
    open: (client: Clients[K], options: { abortSignal: AbortSignal }) => Pager<T>,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<readonly T[]> {
    return this.caller.pages(site(call), async (next) =>
      this.call(
        name,
        call,
        async (client, options) => {
          const pager = open(client, options).byPage(next === undefined ? {} : { continuationToken: next });
          const { value, done } = await pager.next();
          if (done === true || value === undefined) return { items: [], next: undefined };
          return { items: value, next: value.continuationToken };
        },
        { signal },
      ),
    );
  }

  async #client<K extends keyof Clients>(name: K): Promise<Clients[K]> {
    let known = this.#clients.get(name) as Promise<Clients[K]> | undefined;
    if (!known) {
      known = this.#open(name);
      this.#clients.set(name, known);
    }
    return known;
  }

  async #open<K extends keyof Clients>(name: K): Promise<Clients[K]> {
    this.#credential ??= openCredential(this.#values, this.#override);
    const credential = await this.#credential;
    const { subscriptionId, endpoint } = this;
    // Both spellings: some packages read one, some the other.
    const options = {
      endpoint,
      $host: endpoint,
      credentialScopes: SCOPE,
      credentials: { scopes: [SCOPE] },
      // Retries are ours alone; two policies would multiply.
      retryOptions: { maxRetries: 0 },
      additionalPolicies: [{ policy: ownHost(endpoint), position: 'perRetry' as const }],
    };
    const made: { readonly [P in keyof Clients]: () => Promise<Clients[P]> } = {
      compute: async () =>
        new (await import('@azure/arm-compute')).ComputeManagementClient(credential, subscriptionId, options),
      network: async () =>
        new (await import('@azure/arm-network')).NetworkManagementClient(credential, subscriptionId, options),
      storage: async () =>
        new (await import('@azure/arm-storage')).StorageManagementClient(credential, subscriptionId, options),
      sql: async () =>
        new (await import('@azure/arm-sql')).SqlManagementClient(credential, subscriptionId, options),
      web: async () =>
        new (await import('@azure/arm-appservice')).WebSiteManagementClient(
          credential,
          subscriptionId,
          options,
        ),
      aks: async () =>
        new (await import('@azure/arm-containerservice')).ContainerServiceClient(
          credential,
          subscriptionId,
          options,
        ),
      monitor: async () =>
        new (await import('@azure/arm-monitor')).MonitorClient(credential, subscriptionId, options),
      resources: async () =>
        new (await import('@azure/arm-resources')).ResourceManagementClient(
          credential,
          subscriptionId,
          options,
        ),
      subscriptions: async () =>
        new (await import('@azure/arm-resources-subscriptions')).SubscriptionClient(credential, options),
      costs: async () =>
        new (await import('@azure/arm-costmanagement')).CostManagementClient(credential, options),
    };
    return made[name]();
  }

  close(): void {
    this.caller.close();
    this.#clients.clear();
    this.#blobs.clear();
  }
}

function site(call: string): CallSite {
  return { call, region: 'global' };
}

/** The packages send our token to whatever address an answer names as its next page or as an operation's state. */
function ownHost(endpoint: string) {
  return {
    name: 'ownHost',
    async sendRequest<R extends { readonly url: string; readonly method: string }, A>(
      request: R,
      next: (request: R) => Promise<A>,
    ): Promise<A> {
      ownAddress(request.url, endpoint, site(`${request.method} of the named address`));
      return next(request);
    },
  };
}
