import type { Resource } from '@cloudatlas/cloud/resource';
import { sql } from 'kysely';
import type { TenantTx } from '#platform/db/database.ts';
import { newId } from '#platform/ids/ids.ts';
import type { ChangeTable, FieldChange, InventoryTables } from '../tables.ts';
import { changesBetween, cleanDeep, readingOf, rowOf, type Found, type Reading } from './facts.ts';

type Tx = TenantTx<InventoryTables>;

/** What is known of a resource before a listing. */
interface Known {
  id: string;
  /** In hex. */
  fingerprint: string;
  vanished: boolean;
}

export interface WriteCounts {
  count: number;
  appeared: number;
  changed: number;
  vanished: number;
}

/**
 * Brings the stored resources of one service and region to what the provider lists, batch by batch. Unchanged
 * resources cost no write. Running it again after a kill at any point ends in the same state.
 */
export class ScopeWriter {
  readonly counts: WriteCounts = { count: 0, appeared: 0, changed: 0, vanished: 0 };
  readonly #found: Found;
  readonly #known = new Map<string, Known>();
  readonly #seen = new Set<string>();
  /** How many known ones of each type were there and have not been listed yet. */
  readonly #unseen = new Map<string, number>();

  private constructor(found: Found) {
    this.#found = found;
  }

  #count(type: string, by: 1 | -1): void {
    this.#unseen.set(type, (this.#unseen.get(type) ?? 0) + by);
  }

  /** Takes in what the table says of a resource. */
  #learnt(row: Known & { type: string; native_id: string }): void {
    const key = keyOf(row.type, row.native_id);
    if (!row.vanished && !this.#known.has(key) && !this.#seen.has(key)) this.#count(row.type, 1);
    this.#known.set(key, knownFrom(row));
  }

  /**
   * @param region null: the service is global, its resources may be in any region
   * @param nativeId only this one is written; `markVanished` must not be called then
   */
  static async open(tx: Tx, found: Found, region: string | null, nativeId?: string): Promise<ScopeWriter> {
    let select = knownRows(tx, found);
    if (region !== null) select = select.where('region', '=', region);
    if (nativeId !== undefined) select = select.where('native_id', '=', nativeId);
    const writer = new ScopeWriter(found);
    for (const row of await select.execute()) writer.#learnt(row);
    return writer;
  }

  /** What of a batch has to be written; an unchanged batch needs no transaction. */
  differing(resources: readonly Resource[]): Reading[] {
    const latest = new Map<string, Resource>();
    // A batch may repeat a resource that moved between pages; the later one counts.
    for (const resource of resources) latest.set(keyOf(resource.type, resource.nativeId), resource);
    const differing: Reading[] = [];
    for (const [key, resource] of latest) {
      const known = this.#known.get(key);
      if (!this.#seen.has(key)) {
        this.#seen.add(key);
        this.counts.count += 1;
        if (known !== undefined && !known.vanished) this.#count(resource.type, -1);
      }
      const reading = readingOf(resource);
      if (known === undefined || known.vanished || known.fingerprint !== reading.fingerprint)
        differing.push(reading);
    }
    return differing;
  }

  /** Writes resources that differ, with their history and relations. */
  async write(tx: Tx, readings: readonly Reading[], now: Date): Promise<void> {
    if (readings.length === 0) return;
    const resources = readings.map((reading) => reading.resource);
    await this.#learn(tx, resources);
    const before = await this.#stored(tx, resources);
    const rows: Record<string, unknown>[] = [];
    const details: Record<string, unknown>[] = [];
    const relations: RelationRows = { resourceIds: [], kinds: [], targets: [] };
    const changes: ChangeRow[] = [];
    for (const { resource: raw, fingerprint, storable } of readings) {
      const resource = storable ? raw : (cleanDeep(raw) as Resource);
      const key = keyOf(raw.type, raw.nativeId);
      const known = this.#known.get(key);
      const id = known?.id ?? newId();
      const stored = before.get(id);
      const fields = stored === undefined ? [] : changesBetween(stored, resource);
      const kind = known === undefined ? 'appeared' : known.vanished ? 'returned' : 'changed';
      const real = kind !== 'changed' || fields.length > 0;
      // The upsert leaves the first sight of a known one alone.
      const times = { firstSeen: now, changed: real ? now : (stored?.changed_at ?? now) };
      rows.push(rowOf(resource, fingerprint, this.#found, id, times));
      details.push({ resource_id: id, attributes: resource.attributes });
      for (const relation of uniqueRelations(resource)) {
        relations.resourceIds.push(id);
        relations.kinds.push(relation.kind);
        relations.targets.push(relation.targetNativeId);
      }
      if (real) {
        changes.push({ id: newId(), resource_id: id, kind, fields });
        if (kind === 'changed') this.counts.changed += 1;
        else this.counts.appeared += 1;
      }
      this.#known.set(key, { id, fingerprint, vanished: false });
    }
    await upsertResources(tx, rows);
    await upsertDetails(tx, this.#found, details);
    // New ones have none yet.
    if (before.size > 0)
      await tx
        .deleteFrom('inventory.relation')
        .where(sql<boolean>`resource_id = any(${[...before.keys()]}::uuid[])`)
        .execute();
    await insertRelations(tx, this.#found, relations);
    await insertChanges(tx, this.#found, changes, now);
  }

  /** Whether a complete listing of a type did not show something that was there. */
  misses(type: string): boolean {
    return (this.#unseen.get(type) ?? 0) > 0;
  }

  #isGone(type: string, key: string, known: Known): boolean {
    return !known.vanished && !this.#seen.has(key) && key.startsWith(`${type} `);
  }

  /** Marks what a complete listing of a type did not show. */
  async markVanished(tx: Tx, type: string, now: Date): Promise<void> {
    const gone = [...this.#known].filter(([key, known]) => this.#isGone(type, key, known));
    for (let start = 0; start < gone.length; start += 1000) {
      const part = gone.slice(start, start + 1000);
      const ids = part.map(([, known]) => known.id);
      await tx
        .updateTable('inventory.resource')
        .set({ vanished_at: now, changed_at: now })
        .where('id', 'in', ids)
        .execute();
      const changes = ids.map((resource_id) => ({
        id: newId(),
        resource_id,
        kind: 'vanished' as const,
        fields: [],
      }));
      await insertChanges(tx, this.#found, changes, now);
      for (const [, known] of part) known.vanished = true;
    }
    this.#unseen.set(type, 0);
    this.counts.vanished += gone.length;
  }

  /**
   * Looks again for resources that were unknown when the listing began: an order's refresh may have written them
   * meanwhile, and they keep its id. One that is being written at this very moment fails on the id below, and the
   * job's next attempt finds it.
   */
  async #learn(tx: Tx, resources: readonly Resource[]): Promise<void> {
    const unknown = resources.filter((resource) => !this.#known.has(keyOf(resource.type, resource.nativeId)));
    if (unknown.length === 0) return;
    for (const type of new Set(unknown.map((resource) => resource.type))) {
      const nativeIds = unknown
        .filter((resource) => resource.type === type)
        .map((resource) => resource.nativeId);
      const rows = await knownRows(tx, this.#found)
        .where('type', '=', type)
        .where(sql<boolean>`native_id = any(${nativeIds})`)
        .execute();
      for (const row of rows) this.#learnt(row);
    }
  }

  async #stored(tx: Tx, resources: readonly Resource[]) {
    const ids = resources.flatMap(
      (resource) => this.#known.get(keyOf(resource.type, resource.nativeId))?.id ?? [],
    );
    if (ids.length === 0) return new Map<string, never>();
    const rows = await tx
      .selectFrom('inventory.resource as resource')
      .leftJoin('inventory.resource_detail as detail', 'detail.resource_id', 'resource.id')
      .select([
        'resource.id',
        'resource.name',
        'resource.state',
        'resource.zone',
        'resource.region',
        'resource.tags',
        'resource.size',
        'resource.changed_at',
        'detail.attributes',
      ])
      .where('resource.id', 'in', ids)
      .execute();
    return new Map(rows.map((row) => [row.id, { ...row, attributes: row.attributes ?? {} }]));
  }
}

function knownRows(tx: Tx, found: Found) {
  return tx
    .selectFrom('inventory.resource')
    .select([
      'id',
      'type',
      'native_id',
      sql<string>`encode(fingerprint, 'hex')`.as('fingerprint'),
      sql<boolean>`vanished_at is not null`.as('vanished'),
    ])
    .where('account_id', '=', found.accountId)
    .where('service', '=', found.service);
}

function knownFrom({ id, fingerprint, vanished }: Known): Known {
  return { id, fingerprint, vanished };
}

function keyOf(type: string, nativeId: string): string {
  return `${type} ${nativeId}`;
}

function uniqueRelations(resource: Resource) {
  return new Map(
    resource.relations.map((relation) => [`${relation.kind} ${relation.targetNativeId}`, relation]),
  ).values();
}

async function upsertResources(tx: Tx, rows: readonly Record<string, unknown>[]): Promise<void> {
  await sql`
    insert into inventory.resource
    select * from json_populate_recordset(null::inventory.resource, ${JSON.stringify(rows)}::json)
    on conflict on constraint resource_native do update set
      service = excluded.service, category = excluded.category, short_id = excluded.short_id, name = excluded.name,
      region = excluded.region, zone = excluded.zone, state = excluded.state, state_raw = excluded.state_raw,
      tags = excluded.tags, size = excluded.size, monthly_amount = excluded.monthly_amount, currency = excluded.currency,
      cloud_created_at = excluded.cloud_created_at, changed_at = excluded.changed_at, vanished_at = null,
      search = excluded.search, fingerprint = excluded.fingerprint`.execute(tx);
}

async function upsertDetails(
  tx: Tx,
  { organizationId }: Found,
  details: readonly Record<string, unknown>[],
): Promise<void> {
  await sql`
    insert into inventory.resource_detail (organization_id, resource_id, attributes)
    select ${organizationId}::uuid, resource_id, attributes
    from json_to_recordset(${JSON.stringify(details)}::json) as detail (resource_id uuid, attributes jsonb)
    on conflict (organization_id, resource_id) do update set attributes = excluded.attributes`.execute(tx);
}

/** Relations as columns: the most numerous rows of all, whose names would be most of their text. */
interface RelationRows {
  resourceIds: string[];
  kinds: string[];
  targets: string[];
}

async function insertRelations(
  tx: Tx,
  { organizationId, accountId }: Found,
  rows: RelationRows,
): Promise<void> {
  if (rows.resourceIds.length === 0) return;
  await sql`
    insert into inventory.relation (organization_id, resource_id, kind, target_native_id, account_id)
    select ${organizationId}::uuid, resource_id, kind, target, ${accountId}::uuid
    from unnest(${rows.resourceIds}::uuid[], ${rows.kinds}::text[], ${rows.targets}::text[])
      as relation (resource_id, kind, target)
    on conflict do nothing`.execute(tx);
}

interface ChangeRow {
  id: string;
  resource_id: string;
  kind: ChangeTable['kind'];
  fields: FieldChange[];
}

async function insertChanges(
  tx: Tx,
  { organizationId }: Found,
  changes: readonly ChangeRow[],
  now: Date,
): Promise<void> {
  if (changes.length === 0) return;
  await sql`
    insert into inventory.change (organization_id, id, resource_id, at, kind, fields)
    select ${organizationId}::uuid, id, resource_id, ${now}::timestamptz, kind, fields
    from json_to_recordset(${JSON.stringify(changes)}::json) as change (id uuid, resource_id uuid, kind text, fields jsonb)`.execute(
    tx,
  );
}
