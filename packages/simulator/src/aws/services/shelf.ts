import type { Pattern } from '../ledger/charge.ts';
import { SeededRandom } from '../../random.ts';
import { Collection, type Entity } from '../collection.ts';
import type { RequestContext } from '../context.ts';
import { paginate } from '../paging.ts';
import type { AwsError } from '../wire/aws-error.ts';
import { defineStore, type StoreOwner, type World } from '../world.ts';

/** What something is charged for from a moment on. */
export interface Rate {
  /** Billing name of the service. */
  readonly service: string;
  readonly productCode: string;
  /** Without the region's prefix. */
  readonly usage: string;
  readonly operation: string;
  readonly unit: string;
  /** USD per unit, of the region. */
  readonly price: number;
  readonly perHour: number;
  readonly pattern?: Pattern;
}

/** One thing on the shelf: its SDK shape, tags and the rates of its past, oldest first. */
export interface Item<T> {
  readonly kind: Kind<T>;
  readonly arn: string;
  readonly raw: T;
  readonly tags: Map<string, string>;
  readonly history: { readonly at: number; readonly rates: readonly Rate[] }[];
}

/** A kind of thing: how it is named and what it costs. */
export interface Kind<T> {
  /** For example `redshift.cluster`. */
  readonly name: string;
  readonly id: (raw: T) => string;
  readonly arn: (shelf: Shelf, raw: T) => string;
  readonly rates: (raw: T, region: string) => readonly Rate[];
}

/** Things of the many services that are simulated thinly, of one account in one region. */
export class Shelf {
  readonly world: World;
  readonly accountId: string;
  readonly region: string;
  readonly random: SeededRandom;
  readonly #kinds = new Map<string, Collection<Item<never>>>();

  constructor({ world, account, region }: StoreOwner) {
    this.world = world;
    this.accountId = account.id;
    this.region = region;
    this.random = SeededRandom.of(world.seed, 'shelf', account.id, region);
  }

  /** `service:region:account:resource` as an ARN. */
  arn(service: string, resource: string): string {
    return `arn:aws:${service}:${this.region}:${this.accountId}:${resource}`;
  }

  of<T>(kind: Kind<T>): Collection<Item<T>> {
    let found = this.#kinds.get(kind.name);
    if (!found) {
      found = new Collection<Item<never>>(() => this.world.clock.now());
      this.#kinds.set(kind.name, found);
    }
    return found as unknown as Collection<Item<T>>;
  }

  /** Every collection, for the bill. */
  collections(): Iterable<Collection<Item<never>>> {
    return this.#kinds.values();
  }

  put<T>(
    kind: Kind<T>,
    raw: T,
    more: { readonly tags?: Readonly<Record<string, string>>; readonly createdAt?: number } = {},
  ): Entity<Item<T>> {
    const at = more.createdAt ?? this.world.clock.now();
    const item: Item<T> = {
      kind,
      arn: kind.arn(this, raw),
      raw,
      tags: new Map(Object.entries(more.tags ?? {})),
      history: [{ at, rates: kind.rates(raw, this.region) }],
    };
    return this.of(kind).add(kind.id(raw), item, at);
  }

  /** Notes that what it costs may have changed. */
  changed<T>(entity: Entity<Item<T>>, at = this.world.clock.now()): void {
    const { kind, raw, history } = entity.data;
    history.push({ at, rates: kind.rates(raw, this.region) });
  }

  /** Changes a thing after some simulated seconds, and what it costs with it. */
  later<T>(entity: Entity<Item<T>>, seconds: number, apply: () => void): void {
    const at = this.world.after(seconds);
    this.of(entity.data.kind).schedule(entity, at, () => {
      apply();
      this.changed(entity, at);
    });
  }

  /** Removes a thing after some simulated seconds; it costs nothing from now on. */
  vanish<T>(entity: Entity<Item<T>>, seconds: number): void {
    entity.pending = [];
    entity.data.history.push({ at: this.world.clock.now(), rates: [] });
    const items = this.of(entity.data.kind);
    items.schedule(entity, this.world.after(seconds), () => void items.delete(entity.id));
  }

  /** The tags of what an ARN names, whatever its kind. */
  byArn(arn: string): { readonly tags: Map<string, string> } | undefined {
    for (const items of this.#kinds.values())
      for (const entity of items.list()) if (entity.data.arn === arn) return entity.data;
    return undefined;
  }
}

/** Thinly simulated things per account and region. */
export const shelfStore = defineStore('shelf', 'region', (owner) => new Shelf(owner));

/** One page of things. */
export function pageOf<T>(
  items: readonly Entity<Item<T>>[],
  token: string | undefined,
  limit: number | undefined,
  most: number,
  context: RequestContext,
  refuse: (message: string) => AwsError,
): { readonly items: readonly Entity<Item<T>>[]; readonly next: string | undefined } {
  const visible = items.filter((e) => context.isVisible(e.createdAt));
  const page = paginate(
    visible,
    {
      token,
      limit: limit === undefined ? undefined : Math.min(limit, most),
      defaultLimit: most,
      parameters: {},
      keyOf: (e) => e.id,
      invalidToken: () => refuse('The token is not valid'),
    },
    context,
  );
  return { items: page.items, next: page.nextToken };
}

/** Tags in the form most services list them. */
export function listed(tags: ReadonlyMap<string, string>): { Key: string; Value: string }[] {
  return [...tags].map(([Key, Value]) => ({ Key, Value }));
}

/** Tags as given to creations. */
export function given(
  tags: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[] | undefined,
): Record<string, string> {
  return Object.fromEntries((tags ?? []).map((t) => [t.Key ?? '', t.Value ?? '']));
}

/** Sets and removes tags of a thing. */
export function retag(
  item: { readonly tags: Map<string, string> },
  set: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[] | undefined,
  remove: readonly string[] | undefined = [],
): void {
  for (const { Key: key = '', Value: value = '' } of set ?? []) item.tags.set(key, value);
  for (const key of remove) item.tags.delete(key);
}
