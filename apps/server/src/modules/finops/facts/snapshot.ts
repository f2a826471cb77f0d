import type { Json, ResourceState, SizeSpec } from '@cloudatlas/cloud/resource';
import type { TenantScope } from '#platform/db/database.ts';
import type { Estate, EstateResource } from '#modules/inventory/index.ts';
import { foundOf } from '../actions/found.ts';
import type { RuleResource } from '../rules/rule.ts';
import type { Fingerprint } from '../tables.ts';

type Edge = { readonly kind: string; readonly other: SnapshotResource };
const noEdges: readonly Edge[] = [];

/**
 * A resource in memory. Tags and attributes stay JSON text until a rule looks at them, and are texts again after
 * `forget`: an account of 100,000 resources then needs 150 MB instead of a gigabyte.
 */
export class SnapshotResource implements RuleResource {
  readonly resourceId: string;
  readonly accountId: string;
  readonly provider: string;
  readonly type: string;
  readonly nativeId: string;
  readonly id: string;
  readonly region: string;
  readonly name: string;
  readonly state: ResourceState;
  readonly size: SizeSpec | null;
  /** In milliseconds since 1970: a `Date` takes five times the memory of its number. */
  readonly #stateSince: number | null;
  readonly #createdAt: number | null;
  readonly #firstSeenAt: number;
  readonly #changedAt: number;
  readonly #tagsText: string;
  readonly #attributesText: string;
  #tags: Readonly<Record<string, string>> | undefined;
  #attributes: Readonly<Record<string, Json>> | undefined;
  /** Made with the first edge: most resources of a large account have few. */
  out: Edge[] | undefined;
  in: Edge[] | undefined;
  attachments: string[] | undefined;

  /** @param once gives one and the same text for equal ones: few regions and states are those of many resources */
  constructor(
    row: EstateResource,
    account: { id: string; provider: string },
    once: <T extends string>(text: T) => T,
  ) {
    this.resourceId = row.id;
    this.accountId = account.id;
    this.provider = account.provider;
    this.type = once(row.type);
    this.nativeId = row.nativeId;
    this.id = row.shortId;
    this.region = once(row.region);
    this.name = row.name === row.shortId ? row.shortId : row.name;
    this.state = once(row.state);
    this.#stateSince = row.stateSince?.getTime() ?? null;
    this.#createdAt = row.createdAt?.getTime() ?? null;
    this.#firstSeenAt = row.firstSeenAt.getTime();
    this.#changedAt = row.changedAt.getTime();
    this.size = row.size;
    this.#tagsText = row.tags;
    this.#attributesText = row.attributes;
  }

  get stateSince(): Date | null {
    return this.#stateSince === null ? null : new Date(this.#stateSince);
  }

  get createdAt(): Date | null {
    return this.#createdAt === null ? null : new Date(this.#createdAt);
  }

  get firstSeenAt(): Date {
    return new Date(this.#firstSeenAt);
  }

  get changedAt(): Date {
    return new Date(this.#changedAt);
  }

  get tags(): Readonly<Record<string, string>> {
    this.#tags ??= JSON.parse(this.#tagsText) as Record<string, string>;
    return this.#tags;
  }

  get attributes(): Readonly<Record<string, Json>> {
    this.#attributes ??= JSON.parse(this.#attributesText) as Record<string, Json>;
    return this.#attributes;
  }

  get fingerprint(): Fingerprint {
    return foundOf({
      state: this.state,
      size: this.size,
      relations: (this.attachments ?? []).map((targetNativeId) => ({ kind: 'attached_to', targetNativeId })),
    });
  }

  /** Lets go of what was parsed. */
  forget(): void {
    this.#tags = undefined;
    this.#attributes = undefined;
  }
}

/** An account's resources of some types at one time, with the edges between them. */
export class AccountSnapshot {
  readonly #byType = new Map<string, SnapshotResource[]>();
  readonly #byNativeId = new Map<string, SnapshotResource>();
  /** Null where two resources share a short id. */
  readonly #byShortId = new Map<string, SnapshotResource | null>();

  static async load(
    estate: Estate,
    scope: TenantScope,
    account: { id: string; provider: string },
    types: readonly string[],
  ): Promise<AccountSnapshot> {
    const snapshot = new AccountSnapshot();
    const byId = new Map<string, SnapshotResource>();
    const texts = new Map<string, string>();
    const once = <T extends string>(text: T): T => {
      const known = texts.get(text);
      if (known === undefined) texts.set(text, text);
      return (known as T | undefined) ?? text;
    };
    for await (const page of estate.resources(scope, account.id, types)) {
      for (const row of page) {
        const resource = new SnapshotResource(row, account, once);
        byId.set(resource.resourceId, resource);
        snapshot.#add(resource);
      }
    }
    for await (const page of estate.relations(scope, account.id)) {
      for (const { resourceId, kind, targetNativeId } of page) {
        const from = byId.get(resourceId);
        if (from === undefined) continue;
        if (kind === 'attached_to') (from.attachments ??= []).push(targetNativeId);
        const to = snapshot.#byNativeId.get(targetNativeId);
        if (to === undefined) continue;
        (from.out ??= []).push({ kind, other: to });
        (to.in ??= []).push({ kind, other: from });
      }
    }
    return snapshot;
  }

  ofType(type: string): readonly SnapshotResource[] {
    return this.#byType.get(type) ?? [];
  }

  byNativeId(nativeId: string): SnapshotResource | undefined {
    return this.#byNativeId.get(nativeId);
  }

  /**
   * By the full id, or by the short one where it is nobody else's: some bills name resources so.
   * @param ignoreCase see `Connection.idsIgnoreCase`
   */
  byBilledId(given: string, ignoreCase: boolean): SnapshotResource | undefined {
    const id = ignoreCase ? given.toLowerCase() : given;
    return this.#byNativeId.get(id) ?? this.#byShortId.get(id) ?? undefined;
  }

  edges(resource: RuleResource, direction: 'in' | 'out'): readonly Edge[] {
    const known = resource instanceof SnapshotResource ? resource : this.byNativeId(resource.nativeId);
    return known?.[direction] ?? noEdges;
  }

  #add(resource: SnapshotResource): void {
    const same = this.#byType.get(resource.type);
    if (same === undefined) this.#byType.set(resource.type, [resource]);
    else same.push(resource);
    this.#byNativeId.set(resource.nativeId, resource);
    this.#byShortId.set(resource.id, this.#byShortId.has(resource.id) ? null : resource);
  }
}
