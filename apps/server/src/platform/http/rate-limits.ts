import { isIPv6 } from 'node:net';
import type pg from 'pg';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { sql } from 'kysely';
import { z } from 'zod';
import type { Database } from '../db/database.ts';
import { AppError } from '../errors/app-error.ts';
import { defineJob, type JobDefinition } from '../jobs/jobs.ts';

/** Requests allowed per key and window (seconds). */
const rules = {
  /** Sign-in, registration, reset: per network address. */
  auth_address: { points: 60, seconds: 300 },
  /** The same, per account tried; signing in, per account and network address. */
  auth_account: { points: 10, seconds: 300 },
  /** Attempts to sign in to one account from all network addresses: bounds guessing from many. */
  sign_in_account: { points: 100, seconds: 300 },
  /** Wrong codes per sign-in attempt or person. */
  second_factor: { points: 5, seconds: 300 },
  write_address: { points: 600, seconds: 60 },
  write_account: { points: 300, seconds: 60 },
  /** Mails to one address that other people cause (invitations). */
  mail_recipient: { points: 5, seconds: 3600 },
  /** Refusals of one person that are written into the audit log; the rest is only counted. */
  denial_account: { points: 60, seconds: 60 },
} as const;

export type RateRule = keyof typeof rules;

/** Limits shared by all processes: each hit is one atomic statement on a PostgreSQL row. */
export interface RateLimits {
  /** Counts one hit. @throws AppError `rate_limited` with the seconds to wait */
  consume(rule: RateRule, key: string): Promise<void>;
  /** Forgets the hits of a key, e.g. after a successful sign-in. */
  forgive(rule: RateRule, key: string): Promise<void>;
  /** Takes one hit back, e.g. that of a successful sign-in, and leaves those of others. */
  refund(rule: RateRule, key: string): Promise<void>;
}

export function createRateLimits(pool: pg.Pool, enabled: boolean): RateLimits {
  const limiters = new Map<RateRule, RateLimiterPostgres>();
  for (const [rule, { points, seconds }] of Object.entries(rules)) {
    limiters.set(
      rule as RateRule,
      new RateLimiterPostgres({
        storeClient: pool,
        storeType: 'pool',
        schemaName: 'platform',
        tableName: 'rate_limit',
        tableCreated: true,
        // Expired rows are removed by the job below, not by a timer in every process.
        clearExpiredByTimeout: false,
        keyPrefix: rule,
        points,
        duration: seconds,
      }),
    );
  }
  return {
    async consume(rule, key) {
      if (!enabled) return;
      try {
        await limiters.get(rule)?.consume(key.slice(0, 200));
      } catch (error) {
        if (!(error instanceof RateLimiterRes)) throw error;
        const seconds = Math.max(1, Math.ceil(error.msBeforeNext / 1000));
        throw new AppError('rate_limited', `Try again in ${seconds} s.`, {
          retryAfter: seconds,
          meta: { retryAfter: seconds },
        });
      }
    },
    async forgive(rule, key) {
      if (enabled) await limiters.get(rule)?.delete(key.slice(0, 200));
    },
    async refund(rule, key) {
      if (enabled) await limiters.get(rule)?.reward(key.slice(0, 200));
    },
  };
}

/** Removes counters whose window is over; else every address that ever knocked would keep its row. */
export function rateLimitSweep(db: Database<unknown>): JobDefinition {
  return defineJob({
    name: 'platform.rate-limit-sweep',
    schema: z.strictObject({}),
    cron: { expression: '*/15 * * * *', payload: {} },
    handler: async () => {
      // `expire` is in milliseconds since 1970, counted by the server's clock (rate-limiter-flexible).
      await db.inSystem('sweep rate limits', (tx) =>
        sql`delete from platform.rate_limit where expire < ${Date.now()}`.execute(tx),
      );
    },
  });
}

/** The part of an address that one customer of a provider holds: IPv4 whole, IPv6 by its /64. */
export function addressKey(ip: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip);
  if (mapped?.[1] !== undefined) return mapped[1];
  if (!isIPv6(ip)) return ip;
  const [head = '', tail = ''] = ip.split('%')[0]?.toLowerCase().split('::') ?? [];
  const left = head === '' ? [] : head.split(':');
  const right = tail === '' ? [] : tail.split(':');
  const groups = ip.includes('::')
    ? [...left, ...Array<string>(8 - left.length - right.length).fill('0'), ...right]
    : left;
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}
