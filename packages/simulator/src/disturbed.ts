import { setTimeout as delay } from 'node:timers/promises';
import type { FaultSet } from './control/faults.ts';
import type { JsonAnswer } from './microsoft/http.ts';

/** How the transport must send an answer. */
export interface JsonDelivery {
  readonly answer: JsonAnswer;
  readonly damage: 'truncate' | 'reset' | undefined;
}

/** The words a provider has for what a fault brings about. */
export interface ProviderErrors {
  readonly throttled: (headers: Record<string, string>) => Error;
  readonly denied: () => Error;
  readonly failed: (status: number, code: string, message: string) => Error;
  /** What its load balancer shows in place of an answer. */
  readonly page: string;
}

/** Serves a request of a JSON protocol under the faults that were set. */
export async function disturbed(
  faults: FaultSet,
  work: () => Promise<JsonAnswer>,
  errors: ProviderErrors,
): Promise<JsonDelivery> {
  const latency = faults.take('latency');
  if (latency) await delay(latency.milliseconds);
  if (faults.take('reset')) return { answer: { status: 500 }, damage: 'reset' };
  const throttle = faults.take('throttle');
  if (throttle)
    throw errors.throttled(
      throttle.retryAfterSeconds === undefined ? {} : { 'retry-after': String(throttle.retryAfterSeconds) },
    );
  if (faults.take('deny')) throw errors.denied();
  const html = faults.take('html-error');
  if (html)
    return {
      answer: { status: html.status ?? 502, headers: { 'content-type': 'text/html' }, text: errors.page },
      damage: undefined,
    };
  const error = faults.take('error');
  if (error) throw errors.failed(error.status ?? 400, error.code, error.message ?? error.code);
  const answer = await work();
  if (faults.take('truncate')) return { answer, damage: 'truncate' };
  if (faults.take('reset-after-work')) return { answer, damage: 'reset' };
  return { answer, damage: undefined };
}
