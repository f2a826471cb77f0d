import { setTimeout as delay } from 'node:timers/promises';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { AwsCredentialIdentity, Logger } from '@smithy/types';
import type { Clock, CloudLog, ConnectOptions } from '../contract.ts';
import { CloudError } from '../errors.ts';
import type { AwsService, ClientConfig, SdkClient } from './clients.ts';
import { STS } from './clients.ts';
import { secretsOf, type AwsCredentials } from './credentials.ts';
import { abortedError, failureOf, redactor, type CallSite } from './errors.ts';
import { CheckedHandler } from './http-handler.ts';
import { AdaptiveLimiter } from '../shared/limiter.ts';
import { pages, type RawPage } from '../shared/paging.ts';
import { withRetries, type Failure, type RetryMode } from '../shared/retry.ts';

/** Shape of an SDK command as far as types are taken from it. */
interface CommandLike<Output> {
  readonly input: object;
  resolveMiddleware(
    stack: never,
    configuration: never,
    options: never,
  ): (args: never) => Promise<{ output: Output }>;
}

export interface SendOptions {
  readonly signal?: AbortSignal | undefined;
  /** Default `safe`. Calls that act and carry no idempotency token must say `refused-only`. */
  readonly retry?: RetryMode;
  /** For calls with large bodies; default is the connection's. */
  readonly timeoutMs?: number;
}

/** One service in one region. */
export interface ServiceHandle<Sdk> {
  readonly sdk: Sdk;
  readonly region: string;
  /** Sends with limits, retries and error translation. @throws CloudError */
  send<Output>(command: CommandLike<Output>, options?: SendOptions): Promise<Output>;
  /** Follows a paged call up to the connection's cap. */
  pages<T>(
    call: string,
    fetch: (token: string | undefined) => Promise<RawPage<T>>,
  ): AsyncGenerator<readonly T[]>;
}

const SYSTEM_CLOCK: Clock = {
  now: () => Date.now(),
  sleep: async (milliseconds, signal) => {
    await delay(milliseconds, undefined, signal ? { signal } : {});
  },
};

const SILENT: CloudLog = { debug: () => {}, info: () => {}, warn: () => {} };

/**
 * The SDK prepares what it would log, every answer copied member by member, for any logger that has `info`, its own
 * silent default included.
 */
const NO_LOGGER = { warn: () => {}, error: () => {} } as unknown as Logger;

/** Clients kept: one for each service and region would be some five hundred, of which a synchronisation needs few at a time. */
const MAX_CLIENTS = 64;
/** Temporary credentials are renewed this long before they end. */
const RENEW_BEFORE_MS = 5 * 60_000;
const ROLE_SESSION_SECONDS = 3600;

function defaultsOf(options: ConnectOptions) {
  const limits = options.limits ?? {};
  return {
    maxItems: limits.maxItems ?? 200_000,
    concurrency: limits.concurrency ?? 16,
    requestTimeoutMs: limits.requestTimeoutMs ?? 30_000,
    retry: {
      retryForMs: limits.retryForMs ?? 180_000,
      first: limits.retryDelayMs?.first ?? 250,
      largest: limits.retryDelayMs?.largest ?? 20_000,
    },
    poll: { first: limits.pollDelayMs?.first ?? 2_000, largest: limits.pollDelayMs?.largest ?? 15_000 },
  };
}

/** Credentials, cached clients and call policy of one connection. */
export class AwsSession {
  readonly clock: Clock;
  readonly log: CloudLog;
  readonly limits: ReturnType<typeof defaultsOf>;
  readonly homeRegion: string;
  /** The limiter all calls go through, on view for tests and metrics. */
  readonly limiter: AdaptiveLimiter;
  /** AssumeRole runs inside calls that hold a place already; sharing the places would deadlock. */
  readonly #roleLimiter = new AdaptiveLimiter(2);
  readonly #credentials: AwsCredentials;
  readonly #endpoint: string | undefined;
  readonly #signal: AbortSignal | undefined;
  readonly #sockets: NodeHttpHandler;
  readonly #clients = new Map<string, Promise<{ sdk: unknown; client: SdkClient }>>();
  readonly #redact: (text: string) => string;
  #roleKeys: Promise<AwsCredentialIdentity> | undefined;
  #renewing: Promise<AwsCredentialIdentity> | undefined;
  #issued: string[] = [];
  /** Secrets of the keys that were found in the environment. */
  #found: string[] = [];
  #closed = false;

  constructor(credentials: AwsCredentials, options: ConnectOptions) {
    this.#credentials = credentials;
    this.#endpoint = options.endpoint;
    this.#signal = options.signal;
    this.clock = options.clock ?? SYSTEM_CLOCK;
    this.log = options.log ?? SILENT;
    this.limits = defaultsOf(options);
    this.homeRegion = credentials.region;
    this.limiter = new AdaptiveLimiter(this.limits.concurrency);
    this.#redact = redactor(() => [...secretsOf(credentials), ...this.#issued, ...this.#found]);
    const agent = { keepAlive: true, maxSockets: this.limits.concurrency };
    this.#sockets = new NodeHttpHandler({
      connectionTimeout: Math.min(10_000, this.limits.requestTimeoutMs),
      requestTimeout: this.limits.requestTimeoutMs,
      throwOnRequestTimeout: true,
      socketTimeout: this.limits.requestTimeoutMs,
      httpAgent: agent,
      httpsAgent: agent,
    });
  }

  /** Whether the endpoints are replaced, i.e. this is not the real AWS. */
  get redirected(): boolean {
    return this.#endpoint !== undefined;
  }

  /** The role that is assumed, where one is. */
  get roleArn(): string | undefined {
    return this.#credentials.role?.arn;
  }

  /** Opens a service; region is ignored by services with one home. */
  async open<Sdk>(service: AwsService<Sdk>, region = this.homeRegion): Promise<ServiceHandle<Sdk>> {
    return this.#open(service, service.home ?? region, () => this.#keys());
  }

  /** The reasons to stop: the connection's and the call's. */
  signalOf(signal: AbortSignal | undefined): AbortSignal | undefined {
    if (this.#signal && signal) return AbortSignal.any([this.#signal, signal]);
    return this.#signal ?? signal;
  }

  close(): void {
    this.#closed = true;
    for (const entry of this.#clients.values())
      void entry.then(
        ({ client }) => client.destroy(),
        () => undefined,
      );
    this.#clients.clear();
    this.#sockets.destroy();
  }

  async #open<Sdk>(
    service: AwsService<Sdk>,
    region: string,
    keys: () => Promise<AwsCredentialIdentity>,
    cacheAs = 'own',
  ): Promise<ServiceHandle<Sdk>> {
    if (this.#closed) throw new CloudError({ kind: 'unsupported', message: 'The connection is closed.' });
    const name = `${cacheAs}/${service.name ?? service.prefix}/${region}`;
    let entry = this.#clients.get(name) as Promise<{ sdk: Sdk; client: SdkClient }> | undefined;
    if (!entry) {
      entry = service
        .load()
        .then((sdk) => ({ sdk, client: service.client(sdk, this.#config(service, region, keys)) }));
      this.#clients.set(name, entry);
      this.#forgetOldest();
    }
    const { sdk, client } = await entry;
    const limiter = cacheAs === 'own' ? this.limiter : this.#roleLimiter;
    const send = <Output>(command: CommandLike<Output>, options: SendOptions = {}): Promise<Output> =>
      this.#send(
        client,
        command,
        { call: `${service.prefix}:${command.constructor.name.replace(/Command$/, '')}`, region },
        options,
        limiter,
      );
    return {
      sdk,
      region,
      send,
      pages: (call, fetch) =>
        pages(fetch, {
          call: `${service.prefix}:${call}`,
          region,
          maxItems: this.limits.maxItems,
          log: this.log,
        }),
    };
  }

  /** A forgotten client ends with its last call: the sockets belong to the session, not to it. */
  #forgetOldest(): void {
    const [oldest] = this.#clients.keys();
    if (this.#clients.size > MAX_CLIENTS && oldest !== undefined) this.#clients.delete(oldest);
  }

  #config(
    service: AwsService<unknown>,
    region: string,
    keys: () => Promise<AwsCredentialIdentity>,
  ): ClientConfig {
    // Marked as memoized, so that the client asks us each time and an early end of a session can be mended.
    const credentials = Object.assign(keys, { memoized: true });
    return {
      region,
      ...(this.#endpoint === undefined ? {} : { endpoint: this.#endpoint }),
      credentials,
      requestHandler: new CheckedHandler(this.#sockets, { bodies: service.bodies }),
      // Retries are ours alone; two policies would multiply.
      maxAttempts: 1,
      retryMode: 'standard',
      defaultsMode: 'legacy',
      logger: NO_LOGGER,
      systemClockOffset: this.clock.now() - Date.now(),
    };
  }

  async #send<Output>(
    client: SdkClient,
    command: CommandLike<Output>,
    site: CallSite,
    options: SendOptions,
    limiter: AdaptiveLimiter,
  ): Promise<Output> {
    const signal = this.signalOf(options.signal);
    const http = {
      ...(signal ? { abortSignal: signal } : {}),
      ...(options.timeoutMs === undefined ? {} : { requestTimeout: options.timeoutMs }),
    };
    const attempts = (): Promise<Output> =>
      withRetries(
        () => client.send(command as never, http) as Promise<Output>,
        (thrown) => failureOf(thrown, site, this.#redact, this.#temporary),
        {
          mode: options.retry ?? 'safe',
          policy: this.limits.retry,
          clock: this.clock,
          limiter,
          signal,
          onRetry: (failure, waitMs) => this.#reportRetry(failure, site, waitMs),
        },
      );
    try {
      return await attempts();
    } catch (thrown) {
      if (signal?.aborted) throw abortedError(site);
      const sessionEnded =
        thrown instanceof CloudError && thrown.kind === 'expired' && thrown.problem.call !== 'sts:AssumeRole';
      if (!sessionEnded || !this.#credentials.role || !this.#roleKeys) throw thrown;
      // The role's session ended early (revoked, or our clock was off): one new session is tried.
      this.#roleKeys = undefined;
      return attempts();
    }
  }

  /** Whether calls are signed with a session that ends; of keys found in the environment it is not known. */
  get #temporary(): boolean {
    const { keys, role } = this.#credentials;
    return role !== undefined || keys === undefined || keys.sessionToken !== undefined;
  }

  #reportRetry(failure: Failure, site: CallSite, waitMs: number): void {
    if (failure.clockCorrected) {
      this.log.warn({ ...site }, "this server's clock is off; signatures use the provider's time");
      return;
    }
    const { kind, providerCode, httpStatus } = failure.error.problem;
    this.log.debug(
      {
        ...site,
        kind,
        providerCode,
        httpStatus,
        waitMs: Math.round(waitMs),
        concurrency: this.limiter.bound,
      },
      'a cloud call is repeated',
    );
  }

  async #baseKeys(): Promise<AwsCredentialIdentity> {
    if (this.#credentials.keys) return this.#credentials.keys;
    const { fromNodeProviderChain } = await import('@aws-sdk/credential-providers');
    const keys = await fromNodeProviderChain({
      clientConfig: { region: this.homeRegion, ...(this.#endpoint ? { endpoint: this.#endpoint } : {}) },
    })();
    this.#found = [keys.secretAccessKey, keys.sessionToken ?? ''];
    return keys;
  }

  async #keys(): Promise<AwsCredentialIdentity> {
    if (!this.#credentials.role) return this.#baseKeys();
    const held = await this.#roleKeys?.catch(() => undefined);
    if (held && (held.expiration === undefined || held.expiration.getTime() - Date.now() > RENEW_BEFORE_MS))
      return held;
    // Another call may have renewed while we waited.
    this.#roleKeys = this.#renewing ??= this.#assume().finally(() => (this.#renewing = undefined));
    return this.#roleKeys;
  }

  async #assume(): Promise<AwsCredentialIdentity> {
    const role = this.#credentials.role;
    if (!role) throw new CloudError({ kind: 'unsupported', message: 'There is no role to assume.' });
    const sts = await this.#open(STS, this.homeRegion, () => this.#baseKeys(), 'base');
    const input = {
      RoleArn: role.arn,
      RoleSessionName: 'cloudatlas',
      DurationSeconds: ROLE_SESSION_SECONDS,
      ...(role.externalId ? { ExternalId: role.externalId } : {}),
    };
    const { Credentials: issued } = await sts.send(new sts.sdk.AssumeRoleCommand(input));
    if (!issued?.AccessKeyId || !issued.SecretAccessKey)
      throw new CloudError({
        kind: 'unavailable',
        message: 'AWS answered AssumeRole without credentials.',
        call: 'sts:AssumeRole',
        region: this.homeRegion,
      });
    this.#issued = [issued.SecretAccessKey, issued.SessionToken ?? ''];
    return {
      accessKeyId: issued.AccessKeyId,
      secretAccessKey: issued.SecretAccessKey,
      ...(issued.SessionToken ? { sessionToken: issued.SessionToken } : {}),
      ...(issued.Expiration ? { expiration: issued.Expiration } : {}),
    };
  }
}
