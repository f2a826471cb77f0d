import type { Collection, Entity } from '../../collection.ts';

/** An object with the time it was deleted; infinite while it exists. */
export interface Lived<T> {
  readonly entity: Entity<T>;
  readonly endedAt: number;
}

/** The objects of a collection that exist or existed. */
export function* everLived<T>(collection: Collection<T>): Iterable<Lived<T>> {
  for (const entity of collection.list()) yield { entity, endedAt: Number.POSITIVE_INFINITY };
  for (const { entity, at } of collection.departed()) yield { entity, endedAt: at };
}

/** Tags of the SDK's list form as a map. */
export function tagMap(
  tags: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[] | undefined,
): ReadonlyMap<string, string> {
  return new Map((tags ?? []).map((t) => [t.Key ?? '', t.Value ?? '']));
}

/** Consecutive periods of a history: each lasts until the next begins, the last until `end`. */
export function* periods<T extends { readonly at: number }>(
  history: readonly T[],
  end: number,
): Iterable<{ readonly item: T; readonly from: number; readonly to: number }> {
  for (const [i, item] of history.entries()) {
    const to = Math.min(history[i + 1]?.at ?? Number.POSITIVE_INFINITY, end);
    if (to > item.at) yield { item, from: item.at, to };
  }
}

const meters = new Map<string, object>();

/** Equal meters are one object: an estate of 50,000 resources has few hundred of them. */
export function interned<T extends object>(key: string, make: () => T): T {
  let value = meters.get(key) as T | undefined;
  if (!value) meters.set(key, (value = make()));
  return value;
}
