import { setTimeout as delay } from 'node:timers/promises';
import { AdaptiveLimiter } from './limiter.ts';
import { pages, type RawPage } from './paging.ts';
import { withRetries, type Failure, type RetryMode } from './retry.ts';
import type { Clock, CloudLog, ConnectOptions } from '../contract.ts';
import { CloudError } from '../errors.ts';

const SYSTEM_CLOCK: Clock = {
  now: () => Date.now(),
  sleep: async (milliseconds, signal) => {
    await delay(milliseconds, undefined, signal ? { signal } : {});
  },
};
const SILENT: CloudLog = { debug: () => {}, info: () => {}, warn: () => {} };

/** Where a call goes, for messages and the log. */
export interface CallSite {
  /** The provider's name of the call, e.g. `GET /users`. */
  readonly call: string;
  readonly region: string;
}

export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  /** Default `safe`. Calls that act and can't be told from a repetition say `refused-only`. */
  readonly retry?: RetryMode;
  /** Until one try is given up, in milliseconds. Default: the connection's. */
  readonly timeoutMs?: number;
}

/** Bounds, retries, time and log that all calls of one connection share. */
export class Caller {
  readonly clock: Clock;
  readonly log: CloudLog;
  readonly limiter: AdaptiveLimiter;
  readonly maxItems: number;
  readonly requestTimeoutMs: number;
  readonly poll: { readonly first: number; readonly largest: number };
  readonly #policy: { readonly retryForMs: number; readonly first: number; readonly largest: number };
  readonly #signal: AbortSignal | undefined;
  readonly #failureOf: (thrown: unknown, site: CallSite) => Failure;
  #closed = false;

  constructor(options: ConnectOptions, failureOf: (thrown: unknown, site: CallSite) => Failure) {
    const limits = options.limits ?? {};
    this.clock = options.clock ?? SYSTEM_CLOCK;
    this.log = options.log ?? SILENT;
    this.limiter = new AdaptiveLimiter(limits.concurrency ?? 16);
    this.maxItems = limits.maxItems ?? 200_000;
    this.requestTimeoutMs = limits.requestTimeoutMs ?? 30_000;
    this.poll = { first: limits.pollDelayMs?.first ?? 2_000, largest: limits.pollDelayMs?.largest ?? 15_000 };
    this.#policy = {
      retryForMs: limits.retryForMs ?? 180_000,
      first: limits.retryDelayMs?.first ?? 250,
      largest: limits.retryDelayMs?.largest ?? 20_000,
    };
    this.#signal = options.signal;
    this.#failureOf = failureOf;
  }

  /** The reasons to stop: the connection's and the call's. */
  signalOf(signal: AbortSignal | undefined): AbortSignal | undefined {
    if (this.#signal && signal) return AbortSignal.any([this.#signal, signal]);
    return this.#signal ?? signal;
  }

  /**
   * Runs one call under the policy. `work` gets a signal that also ends at the request time-out.
   * @throws CloudError
   */
  async call<T>(
    site: CallSite,
    work: (signal: AbortSignal) => Promise<T>,
    options: CallOptions = {},
  ): Promise<T> {
    if (this.#closed) throw new CloudError({ kind: 'unsupported', message: 'The connection is closed.' });
    const signal = this.signalOf(options.signal);
    try {
      return await withRetries(
        () => {
          const timeout = AbortSignal.timeout(options.timeoutMs ?? this.requestTimeoutMs);
          return work(signal ? AbortSignal.any([signal, timeout]) : timeout);
        },
        (thrown) => this.#failureOf(thrown, site),
        {
          mode: options.retry ?? 'safe',
          policy: this.#policy,
          clock: this.clock,
          limiter: this.limiter,
          signal,
          onRetry: ({ error }, waitMs) =>
            this.log.debug(
              { ...site, kind: error.kind, waitMs: Math.round(waitMs), concurrency: this.limiter.bound },
              'a cloud call is repeated',
            ),
        },
      );
    } catch (thrown) {
      if (signal?.aborted) throw new CloudError({ kind: 'aborted', message: 'The call was ended.', ...site });
      throw thrown;
    }
  }

  /** Follows a paged call up to the connection's cap. */
  pages<T>(
    site: CallSite,
    fetch: (token: string | undefined) => Promise<RawPage<T>>,
  ): AsyncGenerator<readonly T[]> {
    return pages(fetch, { ...site, maxItems: this.maxItems, log: this.log });
  }

  close(): void {
    this.#closed = true;
  }
}
