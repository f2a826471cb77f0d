import { LeaseLostError, type Journal } from './journal.ts';

/** The run is to be cancelled: the reason with which a step's signal is aborted. */
export class CancelRequestedError extends Error {
  override readonly name = 'CancelRequestedError';
}

/** A run's lease while it is being renewed. */
export interface Lease {
  /** Aborted with a LeaseLostError when the run is not ours any more. */
  readonly lost: AbortSignal;
  /** Aborted with a CancelRequestedError when the run is to be cancelled; undo steps do not heed it. */
  readonly cancelled: AbortSignal;
  end(): void;
}

/** Renews the lease three times in its length, until `end`. */
export function keepLease(journal: Journal, leaseMs: number): Lease {
  const lost = new AbortController();
  const cancelled = new AbortController();
  let renewedAt = Date.now();
  let busy = false;
  const renew = async (): Promise<void> => {
    const startedAt = Date.now();
    try {
      const cancelRequested = await journal.renew();
      renewedAt = startedAt;
      if (cancelRequested) cancelled.abort(new CancelRequestedError());
    } catch (error) {
      // While the database is away the lease runs out: then another executor may have the run already.
      if (error instanceof LeaseLostError || Date.now() - renewedAt > leaseMs)
        lost.abort(new LeaseLostError());
    }
  };
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    void renew().finally(() => {
      busy = false;
    });
  }, leaseMs / 3);
  return { lost: lost.signal, cancelled: cancelled.signal, end: () => clearInterval(timer) };
}
