/** Where the server reads the time from, so that tests can move it. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** A clock that stands still until it is told to move. */
export class ManualClock implements Clock {
  #now: number;

  constructor(start: Date | string = '2026-01-01T00:00:00.000Z') {
    this.#now = new Date(start).getTime();
  }

  now(): Date {
    return new Date(this.#now);
  }

  /** Moves forward by milliseconds. */
  advance(milliseconds: number): void {
    this.#now += milliseconds;
  }

  set(instant: Date | string): void {
    this.#now = new Date(instant).getTime();
  }
}
