/** One served request, for tests. Holds no header, body, secret or token. */
export interface SeenRequest {
  readonly at: string;
  readonly requestId: string;
  readonly service: string;
  readonly operation: string;
  readonly region: string;
  readonly accountId: string | undefined;
  readonly accessKeyId: string | undefined;
  readonly status: number;
  readonly error: string | undefined;
  readonly durationMs: number;
}

/** The last requests, bounded. */
export class RequestLog {
  readonly #limit: number;
  #seen: SeenRequest[] = [];
  #total = 0;

  constructor(limit = 5_000) {
    this.#limit = limit;
  }

  add(request: SeenRequest): void {
    this.#total += 1;
    this.#seen.push(request);
    // Dropping in blocks keeps adding cheap.
    if (this.#seen.length >= this.#limit * 2) this.#seen = this.#seen.slice(-this.#limit);
  }

  /** Requests since start or {@link clear}, also those no longer kept. */
  get total(): number {
    return this.#total;
  }

  list(): readonly SeenRequest[] {
    return this.#seen.slice(-this.#limit);
  }

  clear(): void {
    this.#seen = [];
    this.#total = 0;
  }
}
