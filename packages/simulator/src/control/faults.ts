import { matchesGlob } from '../aws/auth/policy.ts';

/** Which requests a fault hits; absent fields match everything. */
export interface FaultTarget {
  /** IAM action globs, e.g. `ec2:Describe*`. */
  readonly actions?: readonly string[];
  readonly region?: string;
  readonly accountId?: string;
  readonly accessKeyId?: string;
  /** Glob over the caller's ARN, e.g. `arn:aws:sts::*:assumed-role/CloudAtlas/*`. */
  readonly principal?: string;
}

/** What goes wrong. */
export type FaultEffect =
  /** The service's own throttling error. */
  | { readonly kind: 'throttle'; readonly retryAfterSeconds?: number }
  /** An access denial with an explicit deny. */
  | { readonly kind: 'deny' }
  /** The answer comes after this many real milliseconds. */
  | { readonly kind: 'latency'; readonly milliseconds: number }
  /** A load balancer's HTML page instead of an answer. */
  | { readonly kind: 'html-error'; readonly status?: number }
  /** Any error code. */
  | { readonly kind: 'error'; readonly code: string; readonly message?: string; readonly status?: number }
  /** The work is done, but the answer is cut in the middle and the connection closed. */
  | { readonly kind: 'truncate' }
  /** The connection is reset before anything was done. */
  | { readonly kind: 'reset' }
  /** The work is done, then the connection is reset: the client can't know. */
  | { readonly kind: 'reset-after-work' }
  /** The work is accepted, and its long-running operation ends as failed without any effect. */
  | { readonly kind: 'operation-fails'; readonly code: string; readonly message?: string }
  /** Pages hold at most this many items, whatever the client asked for. */
  | { readonly kind: 'partial-pages'; readonly maxItems: number }
  /** The first page is empty and carries a token. */
  | { readonly kind: 'empty-page' }
  /** The answer's page token is the one that was sent. */
  | { readonly kind: 'repeat-token' }
  /** New objects can't be found for this many simulated seconds. */
  | { readonly kind: 'eventual-consistency'; readonly seconds: number };

export interface FaultSpec {
  readonly effect: FaultEffect;
  readonly target?: FaultTarget;
  /** Only every n-th matching request is hit; default every one. */
  readonly every?: number;
  /** The fault is over after this many hits. */
  readonly times?: number;
  /** The fault is over after this many real seconds. */
  readonly forSeconds?: number;
}

/** An active fault as the control API lists it. */
export interface ActiveFault extends FaultSpec {
  readonly id: string;
  readonly hits: number;
}

/** The facts of a request a fault may look at. */
export interface FaultSubject {
  /** Full IAM action, e.g. `ec2:StopInstances`. */
  readonly action: string;
  readonly region: string;
  readonly accountId: string;
  readonly accessKeyId: string;
  readonly principal: string;
}

interface Entry {
  readonly id: string;
  readonly spec: FaultSpec;
  readonly until: number;
  hits: number;
  /** Matching requests seen, for `every`. */
  seen: number;
}

type EffectOf<K extends FaultEffect['kind']> = Extract<FaultEffect, { kind: K }>;

function hitsTarget(target: FaultTarget | undefined, subject: FaultSubject): boolean {
  if (!target) return true;
  if (target.region !== undefined && target.region !== subject.region) return false;
  if (target.accountId !== undefined && target.accountId !== subject.accountId) return false;
  if (target.accessKeyId !== undefined && target.accessKeyId !== subject.accessKeyId) return false;
  if (target.principal !== undefined && !matchesGlob(target.principal, subject.principal)) return false;
  return target.actions?.some((glob) => matchesGlob(glob, subject.action, true)) ?? true;
}

/** The faults in force. Periods run on the wall clock, since clients back off in real time. */
export class FaultBoard {
  readonly #entries = new Map<string, Entry>();
  #next = 1;

  add(spec: FaultSpec): string {
    const id = `fault-${this.#next++}`;
    const until =
      spec.forSeconds === undefined ? Number.POSITIVE_INFINITY : Date.now() + spec.forSeconds * 1000;
    this.#entries.set(id, { id, spec, until, hits: 0, seen: 0 });
    return id;
  }

  remove(id: string): boolean {
    return this.#entries.delete(id);
  }

  clear(): void {
    this.#entries.clear();
  }

  list(): ActiveFault[] {
    this.#expire();
    return [...this.#entries.values()].map((e) => ({ ...e.spec, id: e.id, hits: e.hits }));
  }

  /** The faults that can hit one request. */
  for(subject: FaultSubject): FaultSet {
    if (this.#entries.size > 0) this.#expire();
    const entries = [...this.#entries.values()].filter((e) => hitsTarget(e.spec.target, subject));
    return new FaultSet(entries, (entry) => this.#hit(entry));
  }

  #hit(entry: Entry): boolean {
    if (!this.#entries.has(entry.id)) return false;
    entry.seen += 1;
    if (entry.spec.every !== undefined && entry.seen % entry.spec.every !== 0) return false;
    entry.hits += 1;
    if (entry.spec.times !== undefined && entry.hits >= entry.spec.times) this.#entries.delete(entry.id);
    return true;
  }

  #expire(): void {
    const now = Date.now();
    for (const entry of this.#entries.values()) if (entry.until <= now) this.#entries.delete(entry.id);
  }
}

/** The faults matching one request; taking one counts as a hit. */
export class FaultSet {
  readonly #entries: readonly Entry[];
  readonly #hit: (entry: Entry) => boolean;

  constructor(entries: readonly Entry[], hit: (entry: Entry) => boolean) {
    this.#entries = entries;
    this.#hit = hit;
  }

  /** The first fault of a kind, counted; undefined when there is none. */
  take<K extends FaultEffect['kind']>(kind: K): EffectOf<K> | undefined {
    for (const entry of this.#entries) {
      if (entry.spec.effect.kind === kind && this.#hit(entry)) return entry.spec.effect as EffectOf<K>;
    }
    return undefined;
  }

  /** How paging is disturbed; undefined when it is not. */
  paging(): { maxItems?: number; emptyFirst?: boolean; repeatToken?: boolean } | undefined {
    if (this.#entries.length === 0) return undefined;
    const partial = this.take('partial-pages');
    return {
      ...(partial ? { maxItems: partial.maxItems } : {}),
      emptyFirst: this.take('empty-page') !== undefined,
      repeatToken: this.take('repeat-token') !== undefined,
    };
  }

  /** Simulated seconds during which new objects stay hidden; 0 normally. */
  hiddenSeconds(): number {
    if (this.#entries.length === 0) return 0;
    return this.take('eventual-consistency')?.seconds ?? 0;
  }
}
