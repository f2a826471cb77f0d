/** A change that takes place at a moment of simulated time. */
interface Transition {
  readonly at: number;
  readonly apply: () => void;
}

/** One stored object: the data in SDK types, and the changes still to come. */
export interface Entity<T> {
  readonly id: string;
  readonly data: T;
  /** Simulated time of creation, milliseconds since the epoch. */
  readonly createdAt: number;
  pending: Transition[];
}

/** An object that was deleted. */
export interface Departed<T> {
  readonly entity: Entity<T>;
  /** Simulated time of deletion, milliseconds since the epoch. */
  readonly at: number;
}

/**
 * Objects of one kind in insertion order. Changes over time are resolved lazily: each read first applies
 * the transitions that are due on the simulated clock.
 */
export class Collection<T> {
  readonly #entities = new Map<string, Entity<T>>();
  readonly #departed: Departed<T>[] = [];
  readonly #now: () => number;
  /** Time of the transition being applied: it may be looked at days later. */
  #due: number | undefined;

  /** @param now simulated time in milliseconds */
  constructor(now: () => number) {
    this.#now = now;
  }

  get size(): number {
    return this.#entities.size;
  }

  add(id: string, data: T, createdAt = this.#now()): Entity<T> {
    const entity: Entity<T> = { id, data, createdAt, pending: [] };
    this.#entities.set(id, entity);
    return entity;
  }

  get(id: string): Entity<T> | undefined {
    const entity = this.#entities.get(id);
    if (entity) this.#settle(entity);
    // Settling may have removed it.
    return this.#entities.get(id);
  }

  delete(id: string): boolean {
    const entity = this.#entities.get(id);
    if (!entity) return false;
    this.#departed.push({ entity, at: this.#due ?? this.#now() });
    return this.#entities.delete(id);
  }

  /** Objects deleted so far, with the simulated time: bills of the past still name them. */
  departed(): readonly Departed<T>[] {
    return this.#departed;
  }

  /** All objects as they are now. */
  list(): Entity<T>[] {
    const entities = [...this.#entities.values()];
    let removed = false;
    for (const entity of entities) {
      if (entity.pending.length === 0) continue;
      this.#settle(entity);
      removed ||= !this.#entities.has(entity.id);
    }
    return removed ? [...this.#entities.values()] : entities;
  }

  /** Schedules a change of an object. Changes of one object run in the order of their times. */
  schedule(entity: Entity<T>, at: number, apply: () => void): void {
    entity.pending.push({ at, apply });
    entity.pending.sort((a, b) => a.at - b.at);
  }

  #settle(entity: Entity<T>): void {
    const now = this.#now();
    for (let next = entity.pending[0]; next !== undefined && next.at <= now; next = entity.pending[0]) {
      entity.pending.shift();
      this.#due = next.at;
      try {
        next.apply();
      } finally {
        this.#due = undefined;
      }
    }
  }
}
