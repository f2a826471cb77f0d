import type { Estate, Owner } from './estate.ts';

/** The estate's tags of a resource as a record, without `Name`: managed services have names of their own. */
export function tagRecord(estate: Estate, name: string, owner: Owner): Record<string, string> {
  return Object.fromEntries(
    estate
      .tags(name, owner)
      .filter((t) => t.Key !== 'Name')
      .map((t) => [t.Key, t.Value]),
  );
}
