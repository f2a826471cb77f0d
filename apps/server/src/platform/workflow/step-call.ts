import { NonRetryableError, type StepContext } from './workflow.ts';

/** How a call of a step's function ended. */
export type CallOutcome =
  | { kind: 'done'; value: unknown }
  | { kind: 'sleep'; until: Date; reason: string }
  /** The process stops, the lease is lost, or the run is to be cancelled. */
  | { kind: 'stopped'; reason: unknown }
  | { kind: 'failed'; error: unknown; retry: boolean };

class SleepRequest extends Error {
  readonly until: Date;

  constructor(until: Date, reason: string) {
    super(reason);
    this.until = until;
  }
}

/**
 * Calls a step with a limit on its time. A function that does not heed its signal is left behind: what it still does
 * is covered by its idempotency key, and nothing of it gets into the journal.
 */
export async function callStep(
  parts: Omit<StepContext, 'signal' | 'sleepUntil'>,
  body: (context: StepContext) => Promise<unknown>,
  limits: { stop: AbortSignal; timeoutMs: number },
): Promise<CallOutcome> {
  const { stop, timeoutMs } = limits;
  const late = new AbortController();
  const timer = setTimeout(
    () => late.abort(new Error(`The step took longer than ${timeoutMs} ms.`)),
    timeoutMs,
  );
  const signal = AbortSignal.any([stop, late.signal]);
  const context: StepContext = {
    ...parts,
    signal,
    sleepUntil(instant, reason) {
      throw new SleepRequest(instant, reason);
    },
  };
  let onAbort: (() => void) | undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    onAbort = () => reject(signal.reason as Error);
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    // Not called at all when it is too late already.
    const value = await Promise.race([signal.aborted ? aborted : body(context), aborted]);
    return { kind: 'done', value };
  } catch (error) {
    if (error instanceof SleepRequest) return { kind: 'sleep', until: error.until, reason: error.message };
    // A step that heeds the signal throws an error of its own: the signal says why.
    if (stop.aborted) return { kind: 'stopped', reason: stop.reason };
    if (late.signal.aborted) return { kind: 'failed', error: late.signal.reason, retry: true };
    return { kind: 'failed', error, retry: !(error instanceof NonRetryableError) };
  } finally {
    clearTimeout(timer);
    if (onAbort !== undefined) signal.removeEventListener('abort', onAbort);
  }
}
