/** A place in a {@link AdaptiveLimiter}; give it back exactly once. */
export type Release = (outcome: 'ok' | 'throttled') => void;

interface Waiter {
  readonly admit: () => void;
}

/**
 * Bounds the requests under way for one account. Each throttled answer halves the bound, every
 * `bound` good ones in a row raise it by one up to the start value (additive increase,
 * multiplicative decrease as in TCP, RFC 5681 §3.1), so that many listings at once settle at
 * the rate the account allows.
 */
export class AdaptiveLimiter {
  readonly #most: number;
  #bound: number;
  #active = 0;
  #good = 0;
  readonly #waiting: Waiter[] = [];

  constructor(most: number) {
    this.#most = Math.max(1, Math.floor(most));
    this.#bound = this.#most;
  }

  /** Requests allowed at the same time now. */
  get bound(): number {
    return this.#bound;
  }

  /** Waits for a place; rejects with the signal's reason when aborted while waiting. */
  async acquire(signal?: AbortSignal): Promise<Release> {
    signal?.throwIfAborted();
    if (this.#active >= this.#bound) await this.#queue(signal);
    else this.#active += 1;
    let held = true;
    return (outcome) => {
      if (!held) return;
      held = false;
      this.#settle(outcome);
    };
  }

  #queue(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const onAbort = (): void => {
        const at = this.#waiting.indexOf(waiter);
        if (at < 0) return;
        this.#waiting.splice(at, 1);
        reject(signal?.reason);
      };
      const waiter: Waiter = {
        admit: () => {
          signal?.removeEventListener('abort', onAbort);
          this.#active += 1;
          resolve();
        },
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      this.#waiting.push(waiter);
    });
  }

  #settle(outcome: 'ok' | 'throttled'): void {
    this.#active -= 1;
    if (outcome === 'throttled') {
      this.#bound = Math.max(1, Math.floor(this.#bound / 2));
      this.#good = 0;
    } else if (this.#bound < this.#most && ++this.#good >= this.#bound) {
      this.#bound += 1;
      this.#good = 0;
    }
    while (this.#active < this.#bound) {
      const next = this.#waiting.shift();
      if (!next) return;
      next.admit();
    }
  }
}
