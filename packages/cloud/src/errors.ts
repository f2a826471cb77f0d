import { z } from 'zod';
import type { ResourceRef } from './resource.ts';

/**
 * Why a provider call failed, in words a person can act on:
 *
 * - `denied`: the credentials work, this action is not allowed; `action` names it when told;
 * - `invalid_credentials`, `expired`: nothing will work until the credentials are replaced or renewed;
 * - `clock_skew`: our clock and the provider's differ too much to sign requests;
 * - `throttled`: still refused for rate after all retries;
 * - `not_found`; `conflict_state`: its present state or a dependency does not allow it; `already_exists`;
 * - `quota`: a limit of the account; `capacity`: the provider has no room now;
 * - `invalid_input`: the provider refused a value; `fields` where known;
 * - `region_disabled`, `not_enabled`: the account has not switched on the region or the service;
 * - `unavailable`: provider fault, unreadable answer, network, time-out; may work later;
 * - `truncated`: the adapter's own cap on items or pages cut the answer;
 * - `aborted`: the caller's signal; `unsupported`: this adapter or type can't do it;
 * - `unknown`: none of these; `providerCode` keeps the provider's word.
 */
export const CloudErrorKind = z.enum([
  'denied',
  'invalid_credentials',
  'expired',
  'clock_skew',
  'throttled',
  'not_found',
  'conflict_state',
  'already_exists',
  'quota',
  'capacity',
  'invalid_input',
  'region_disabled',
  'not_enabled',
  'unavailable',
  'truncated',
  'aborted',
  'unsupported',
  'unknown',
]);
export type CloudErrorKind = z.infer<typeof CloudErrorKind>;

/** A refused member of a form. */
export const FieldIssue = z.object({ field: z.string(), message: z.string() });
export type FieldIssue = z.infer<typeof FieldIssue>;

/** The storable and showable form of a {@link CloudError}. Free of secrets. */
export const CloudProblem = z.object({
  kind: CloudErrorKind,
  /** The provider's message, English, at most 1,000 characters, secrets removed. */
  message: z.string(),
  /** The call that failed, e.g. `ec2:DescribeInstances`. */
  call: z.string().optional(),
  region: z.string().optional(),
  /** For `denied`: the missing permission. */
  action: z.string().optional(),
  providerCode: z.string().optional(),
  httpStatus: z.number().int().optional(),
  requestId: z.string().optional(),
  fields: z.array(FieldIssue).optional(),
});
export type CloudProblem = z.infer<typeof CloudProblem>;

/** Kinds that may succeed when tried again later without any change. */
const RETRYABLE: ReadonlySet<CloudErrorKind> = new Set(['throttled', 'capacity', 'unavailable']);

/** The only error adapters throw. Message and members hold no secret. */
export class CloudError extends Error {
  override readonly name = 'CloudError';
  readonly problem: CloudProblem;
  /** Resources that exist because of the failed call, in the order they must be deleted; empty when none. */
  readonly leftovers: readonly ResourceRef[];

  constructor(problem: CloudProblem, leftovers: readonly ResourceRef[] = []) {
    super(problem.message);
    this.problem = problem;
    this.leftovers = leftovers;
  }

  get kind(): CloudErrorKind {
    return this.problem.kind;
  }

  /** Whether trying again later, unchanged, may help. */
  get retryable(): boolean {
    return RETRYABLE.has(this.kind);
  }
}

/** Shorthand for an `invalid_input` error about named fields. */
export function invalidInput(fields: readonly FieldIssue[]): CloudError {
  const message = fields.map((f) => `${f.field}: ${f.message}`).join('; ');
  return new CloudError({ kind: 'invalid_input', message: message.slice(0, 1_000), fields: [...fields] });
}

/** Shorthand for an `unsupported` error. */
export function unsupported(message: string): CloudError {
  return new CloudError({ kind: 'unsupported', message });
}

/** That a name is taken by something an order did not make. @param field of the form that the name came from */
export function taken(field: string, message: string): CloudError {
  return new CloudError({ kind: 'already_exists', message, fields: [{ field, message: 'is taken' }] });
}

/** What a read answers; undefined where the provider does not know the thing, or no longer. */
export async function orGone<T>(read: Promise<T>): Promise<T | undefined> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof CloudError && error.kind === 'not_found') return undefined;
    throw error;
  }
}
