import type { Clock } from '../contract.ts';
import { CloudError } from '../errors.ts';
import type { AdaptiveLimiter } from './limiter.ts';

/**
 * What a repetition may do:
 * `safe`: reads and calls with an idempotency token, repeated after any passing fault;
 * `refused-only`: repeated only when the answer says that nothing was done (throttled).
 */
export type RetryMode = 'safe' | 'refused-only';

export interface RetryPolicy {
  readonly retryForMs: number;
  readonly first: number;
  readonly largest: number;
}

/** What the policy needs to know of a failed attempt. */
export interface Failure {
  readonly error: CloudError;
  /** Milliseconds the server asked to wait. */
  readonly retryAfterMs: number | undefined;
  /** The client has taken over the provider's time from this answer; one repetition is free. */
  readonly clockCorrected: boolean;
}

/** Repetitions after faults that are not throttling: few, since a broken answer rarely heals by asking on. */
const FAULT_RETRIES = 4;

function mayRepeat(failure: Failure, mode: RetryMode, faults: number): boolean {
  if (failure.error.kind === 'throttled') return true;
  return failure.error.kind === 'unavailable' && mode === 'safe' && faults <= FAULT_RETRIES;
}

/** Full jitter (AWS Architecture Blog, "Exponential Backoff And Jitter"), never less than the server asked. */
function pause(policy: RetryPolicy, attempt: number, retryAfterMs: number | undefined): number {
  const ceiling = Math.min(policy.largest, policy.first * 2 ** Math.min(attempt, 20));
  return (retryAfterMs ?? 0) + Math.random() * ceiling;
}

/**
 * Runs an attempt until it succeeds, fails for good, or the time for retrying is over.
 * A place in the limiter is held only while a request is under way, never while waiting.
 * @param onRetry told before each pause.
 */
export async function withRetries<T>(
  attempt: () => Promise<T>,
  failureOf: (thrown: unknown) => Failure,
  options: {
    readonly mode: RetryMode;
    readonly policy: RetryPolicy;
    readonly clock: Clock;
    readonly limiter: AdaptiveLimiter;
    readonly signal: AbortSignal | undefined;
    readonly onRetry: (failure: Failure, waitMs: number) => void;
  },
): Promise<T> {
  const { clock, limiter, policy, signal } = options;
  const deadline = clock.now() + policy.retryForMs;
  let faults = 0;
  let clockCorrected = false;
  for (let round = 0; ; round += 1) {
    const release = await limiter.acquire(signal);
    let failure: Failure;
    try {
      return await attempt();
    } catch (thrown) {
      // Thrown by a call inside this one (renewing a session), which has done its own retrying.
      if (thrown instanceof CloudError) throw thrown;
      failure = failureOf(thrown);
      if (failure.error.kind === 'throttled') release('throttled');
    } finally {
      release('ok');
    }
    if (failure.clockCorrected && !clockCorrected) {
      clockCorrected = true;
      options.onRetry(failure, 0);
      continue;
    }
    if (failure.error.kind === 'unavailable') faults += 1;
    const wait = pause(policy, round, failure.retryAfterMs);
    if (!mayRepeat(failure, options.mode, faults) || clock.now() + wait > deadline) throw failure.error;
    options.onRetry(failure, wait);
    await clock.sleep(wait, signal);
  }
}
