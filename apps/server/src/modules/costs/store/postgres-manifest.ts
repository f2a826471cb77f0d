import { sql, type Selectable } from 'kysely';
import type { Database, TenantTx } from '#platform/db/database.ts';
import type { Clock } from '#platform/clock/clock.ts';
import { newId } from '#platform/ids/ids.ts';
import { CostError } from '../lake/errors.ts';
import {
  isIndexed,
  withIndex,
  type ImportedFile,
  type LakeFile,
  type Manifest,
  type ManifestChange,
  type PartitionVersion,
} from '../lake/manifest.ts';
import type { WorkspaceRef } from '../scope-of.ts';
import type { CostsTables, Origin, PartitionTable } from '../tables.ts';

type Tx = TenantTx<CostsTables>;

/** What a commit is done for; absent for upkeep, which leaves the facts of a partition as they are. */
export interface ManifestWork {
  /** Row of costs.import: takes the place of the id the engine gives the import. */
  importId: string;
  origin: Origin;
  sourceAccountId: string | null;
}

export interface ManifestHooks {
  /** Runs in the transaction of every commit. */
  committed(tx: Tx, scope: WorkspaceRef): Promise<void>;
}

const beatMs = 60_000;
/** Work that has not shown a sign of life for so long died with its process. */
const deadAfterMs = 10 * 60_000;

/**
 * The manifest of one workspace's costs in PostgreSQL. The workspace comes from the request's scope, never from data:
 * a question of one workspace cannot name another's files.
 */
export class PostgresManifest implements Manifest {
  readonly #db: Database<CostsTables>;
  readonly #clock: Clock;
  readonly #scope: WorkspaceRef;
  readonly #hooks: ManifestHooks;
  readonly #work: ManifestWork | undefined;
  readonly #beats = new Map<string, NodeJS.Timeout>();

  constructor(
    db: Database<CostsTables>,
    clock: Clock,
    scope: WorkspaceRef,
    hooks: ManifestHooks,
    work?: ManifestWork,
  ) {
    this.#db = db;
    this.#clock = clock;
    this.#scope = scope;
    this.#hooks = hooks;
    this.#work = work;
  }

  async begin(organizationId: string): Promise<string> {
    this.#mine(organizationId);
    const id = newId();
    const now = this.#clock.now();
    await this.#db.inTenant(this.#scope, (tx) =>
      tx
        .insertInto('costs.work')
        .values({
          organization_id: organizationId,
          id,
          workspace_id: this.#scope.workspaceId,
          started_at: now,
          beat_at: now,
        })
        .execute(),
    );
    const beat = setInterval(() => {
      const alive = this.#db.inTenant(this.#scope, (tx) =>
        tx.updateTable('costs.work').set({ beat_at: this.#clock.now() }).where('id', '=', id).execute(),
      );
      // A beat that is missed is made up for by the next one.
      alive.catch(() => undefined);
    }, beatMs);
    beat.unref();
    this.#beats.set(id, beat);
    return id;
  }

  async commit(workId: string, change: ManifestChange): Promise<void> {
    this.#mine(change.organizationId);
    for (const key of [...change.put, ...change.drop, ...change.expect]) this.#mine(key.organizationId);
    await this.#db.inTenant(this.#scope, async (tx) => {
      const ended = await tx.deleteFrom('costs.work').where('id', '=', workId).executeTakeFirst();
      if (ended.numDeletedRows === 0n)
        throw new CostError('conflict', 'this piece of work has already ended');
      // Commits of one workspace go one after another: an insert has no row to lock.
      await sql`select pg_advisory_xact_lock(hashtextextended(${`costs ${this.#scope.workspaceId}`}, 0))`.execute(
        tx,
      );
      await this.#check(tx, change);
      for (const key of change.drop) await this.#at(tx, key).execute();
      for (const version of change.put) await this.#put(tx, version);
      for (const file of change.files) await this.#record(tx, file);
      await this.#hooks.committed(tx, this.#scope);
    });
    this.#end(workId);
  }

  async attach(workId: string, partition: PartitionVersion, files: readonly LakeFile[]): Promise<boolean> {
    this.#mine(partition.organizationId);
    const attached = await this.#db.inTenant(this.#scope, async (tx) => {
      await tx.deleteFrom('costs.work').where('id', '=', workId).execute();
      const current = await tx
        .selectFrom('costs.partition')
        .select('files')
        .where('workspace_id', '=', this.#scope.workspaceId)
        .where('billing_period', '=', partition.billingPeriod)
        .where('billing_account_id', '=', partition.billingAccountId)
        .where('version', '=', partition.version)
        .forUpdate()
        .executeTakeFirst();
      if (current === undefined || isIndexed(current)) return false;
      await tx
        .updateTable('costs.partition')
        .set({ files: JSON.stringify(withIndex(current.files, files)) })
        .where('workspace_id', '=', this.#scope.workspaceId)
        .where('billing_period', '=', partition.billingPeriod)
        .where('billing_account_id', '=', partition.billingAccountId)
        .execute();
      return true;
    });
    this.#end(workId);
    return attached;
  }

  async abort(workId: string): Promise<void> {
    this.#end(workId);
    await this.#db.inTenant(this.#scope, (tx) =>
      tx.deleteFrom('costs.work').where('id', '=', workId).execute(),
    );
  }

  async partitions(organizationId: string): Promise<PartitionVersion[]> {
    this.#mine(organizationId);
    const rows = await this.#db.inTenant(this.#scope, (tx) =>
      tx
        .selectFrom('costs.partition')
        .selectAll()
        .where('workspace_id', '=', this.#scope.workspaceId)
        .orderBy('billing_period')
        .orderBy('billing_account_id')
        .execute(),
    );
    return rows.map(versionOf);
  }

  async findFile(organizationId: string, sha256: string): Promise<ImportedFile | undefined> {
    this.#mine(organizationId);
    const row = await this.#db.inTenant(this.#scope, (tx) =>
      tx
        .selectFrom('costs.imported_file as file')
        .selectAll('file')
        .where('file.workspace_id', '=', this.#scope.workspaceId)
        .where('file.sha256', '=', sha256)
        .where((eb) =>
          eb(
            'file.partitions',
            '=',
            eb
              .selectFrom('costs.partition as part')
              .select(sql<number>`count(*)::int`.as('n'))
              .where('part.workspace_id', '=', this.#scope.workspaceId)
              .where(sql<boolean>`file.import_id::text = any(part.import_ids)`),
          ),
        )
        .executeTakeFirst(),
    );
    if (row === undefined) return undefined;
    return {
      organizationId,
      sha256,
      importId: row.import_id,
      name: row.name,
      bytes: Number(row.bytes),
      partitions: row.partitions,
    };
  }

  async referencedFiles(): Promise<Set<string>> {
    const rows = await this.#db.inSystem('list the files of the cost lake', (tx) =>
      tx.selectFrom('costs.partition').select('files').execute(),
    );
    return new Set(rows.flatMap((row) => row.files.map((file) => file.path)));
  }

  async oldestWork(): Promise<Date | undefined> {
    const since = new Date(this.#clock.now().getTime() - deadAfterMs);
    return this.#db.inSystem('find cost imports under way', async (tx) => {
      await tx.deleteFrom('costs.work').where('beat_at', '<', since).execute();
      const row = await tx
        .selectFrom('costs.work')
        .select('started_at')
        .orderBy('started_at')
        .limit(1)
        .executeTakeFirst();
      return row?.started_at;
    });
  }

  #mine(organizationId: string): void {
    if (organizationId !== this.#scope.organizationId)
      throw new Error('A cost manifest was asked about another organization.');
  }

  #end(workId: string): void {
    clearInterval(this.#beats.get(workId));
    this.#beats.delete(workId);
  }

  #at(tx: Tx, key: { billingPeriod: string; billingAccountId: string }) {
    return tx
      .deleteFrom('costs.partition')
      .where('workspace_id', '=', this.#scope.workspaceId)
      .where('billing_period', '=', key.billingPeriod)
      .where('billing_account_id', '=', key.billingAccountId);
  }

  async #check(tx: Tx, change: ManifestChange): Promise<void> {
    const rows = await tx
      .selectFrom('costs.partition')
      .select(['billing_period', 'billing_account_id', 'version'])
      .where('workspace_id', '=', this.#scope.workspaceId)
      .execute();
    const current = new Map(
      rows.map((row) => [`${row.billing_period} ${row.billing_account_id}`, row.version]),
    );
    for (const { billingPeriod, billingAccountId, version } of change.expect) {
      if ((current.get(`${billingPeriod} ${billingAccountId}`) ?? null) !== version) {
        throw new CostError('conflict', 'the partition was changed by another import meanwhile', {
          billingPeriod,
          billingAccountId,
        });
      }
    }
  }

  async #put(tx: Tx, version: PartitionVersion): Promise<void> {
    const work = this.#work;
    const files = JSON.stringify(version.files);
    const sums = JSON.stringify(version.sums);
    const changed = {
      version: version.version,
      files,
      sums,
      first_day: version.firstDay,
      last_day: version.lastDay,
      import_ids: this.#importIds(version),
      committed_at: new Date(version.committedAt),
      rolled_version: null,
      verified_at: null,
      verify_problem: null,
      ...(work === undefined ? {} : { origin: work.origin, source_account_id: work.sourceAccountId }),
    };
    await tx
      .insertInto('costs.partition')
      .values({
        organization_id: this.#scope.organizationId,
        workspace_id: this.#scope.workspaceId,
        billing_period: version.billingPeriod,
        billing_account_id: version.billingAccountId,
        origin: 'upload',
        source_account_id: null,
        ...changed,
      })
      .onConflict((conflict) =>
        conflict
          .columns(['organization_id', 'workspace_id', 'billing_period', 'billing_account_id'])
          .doUpdateSet(changed),
      )
      .execute();
  }

  /** The engine names an import by an id of its own, which is the last of the list. */
  #importIds(version: PartitionVersion): string[] {
    if (this.#work === undefined) return version.importIds;
    return [...new Set([...version.importIds.slice(0, -1), this.#work.importId])];
  }

  async #record(tx: Tx, file: ImportedFile): Promise<void> {
    const facts = {
      import_id: this.#work?.importId ?? file.importId,
      name: file.name,
      bytes: file.bytes,
      partitions: file.partitions,
    };
    await tx
      .insertInto('costs.imported_file')
      .values({
        organization_id: this.#scope.organizationId,
        workspace_id: this.#scope.workspaceId,
        sha256: file.sha256,
        ...facts,
      })
      .onConflict((conflict) =>
        conflict.columns(['organization_id', 'workspace_id', 'sha256']).doUpdateSet(facts),
      )
      .execute();
  }
}

export function versionOf(row: Selectable<PartitionTable>): PartitionVersion {
  return {
    organizationId: row.organization_id,
    billingPeriod: row.billing_period,
    billingAccountId: row.billing_account_id,
    version: row.version,
    files: row.files,
    // jsonb keeps no order of members, and the engine compares sums as text.
    sums: row.sums.map(({ currency, rows, billed, effective, list, contracted }) => ({
      currency,
      rows,
      billed,
      effective,
      list,
      contracted,
    })),
    firstDay: row.first_day,
    lastDay: row.last_day,
    importIds: row.import_ids,
    committedAt: row.committed_at.toISOString(),
  };
}
