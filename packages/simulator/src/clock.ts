/** How the simulated time runs. */
export interface ClockOptions {
  /** Simulated time at start, in milliseconds since the epoch. Default: now. */
  readonly start?: number;
  /** Simulated milliseconds per real millisecond; 0 freezes the clock. Default 1. */
  readonly factor?: number;
}

/**
 * The simulated clock: all resource states, dates, metrics and costs follow it. It never decides about
 * signatures, credentials or the HTTP `Date` header, which stay on the wall clock: the SDKs set their
 * signing clock from `Date`.
 */
export class SimulatedClock {
  #base: number;
  #since: number;
  #factor: number;
  readonly #wall: () => number;

  constructor(options: ClockOptions = {}, wall: () => number = Date.now) {
    this.#wall = wall;
    this.#since = wall();
    this.#base = options.start ?? this.#since;
    this.#factor = options.factor ?? 1;
  }

  /** Simulated now, in whole milliseconds since the epoch. */
  now(): number {
    return Math.floor(this.#base + (this.#wall() - this.#since) * this.#factor);
  }

  get factor(): number {
    return this.#factor;
  }

  /** Moves time by `milliseconds`; negative values are refused, since states never run backwards. */
  advance(milliseconds: number): void {
    if (!Number.isFinite(milliseconds) || milliseconds < 0)
      throw new RangeError('the clock only moves forward');
    this.#base += milliseconds;
  }

  /** Changes the speed from now on. */
  setFactor(factor: number): void {
    if (!Number.isFinite(factor) || factor < 0) throw new RangeError('the factor is a number of 0 or more');
    this.#base = this.now();
    this.#since = this.#wall();
    this.#factor = factor;
  }
}
