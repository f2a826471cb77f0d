import type { CostImport, CostImportDetail } from '@cloudatlas/contracts/cost-imports';
import type { Readable } from 'node:stream';
import type { AuditActor, AuditService } from '#modules/audit/index.ts';
import type { Database, TenantTx } from '#platform/db/database.ts';
import { AppError, invalidField, notFound } from '#platform/errors/app-error.ts';
import type { Download } from '#platform/http/route.ts';
import { isId, newId } from '#platform/ids/ids.ts';
import type { Platform } from '#platform/module.ts';
import { decodeCursor, toPage } from '#platform/paging/cursor.ts';
import { importJob } from '../jobs.ts';
import type { WorkspaceRef } from '../scope-of.ts';
import type { CostsTables, Origin, Reading } from '../tables.ts';
import { presentDetail, presentImport, type ImportRow } from './present.ts';
import type { UploadFolder } from './upload-folder.ts';

type Tx = TenantTx<CostsTables>;
const maxFiles = 200;

/** Who asks, for the audit log. */
export interface Acting {
  actor: AuditActor;
  ip?: string;
  requestId?: string;
}

/** Where the files of a new import come from. */
export interface ImportInput {
  origin: Origin;
  account?: { id: string; name: string };
  onExisting: CostImport['onExisting'];
  reading: Reading;
  force: boolean;
  /** Deliveries of a connected account, by export id with their times. */
  delivery?: Record<string, string>;
}

export function createImports(
  platform: Pick<Platform, 'clock' | 'jobs' | 'events'>,
  db: Database<CostsTables>,
  audit: AuditService,
  folder: UploadFolder,
) {
  const { clock, jobs, events } = platform;

  async function find(tx: Tx, scope: WorkspaceRef, importId: string): Promise<ImportRow> {
    const row = isId(importId)
      ? await tx
          .selectFrom('costs.import')
          .selectAll()
          .where('id', '=', importId)
          .where('workspace_id', '=', scope.workspaceId)
          .forUpdate()
          .executeTakeFirst()
      : undefined;
    if (row === undefined) throw notFound('The import');
    return row;
  }

  function announce(tx: Tx, scope: WorkspaceRef, importId: string): Promise<void> {
    return events.live.publish(tx, {
      organizationId: scope.organizationId,
      topic: 'costs.import',
      data: { workspaceId: scope.workspaceId, importId },
    });
  }

  function record(
    tx: Tx,
    scope: WorkspaceRef,
    acting: Acting,
    action: string,
    row: ImportRow,
    details: Record<string, unknown> = {},
  ): Promise<void> {
    return audit.record(tx, {
      organizationId: scope.organizationId,
      action,
      outcome: 'success',
      ...acting,
      workspaceId: scope.workspaceId,
      target: { type: 'cost_import', id: row.id, label: row.files.map((file) => file.name).join(', ') },
      details: { origin: row.origin, ...details },
    });
  }

  async function receiving(tx: Tx, scope: WorkspaceRef, importId: string): Promise<ImportRow> {
    const row = await find(tx, scope, importId);
    if (row.status !== 'receiving')
      throw new AppError('conflict', 'This import takes no more files.', { meta: { status: row.status } });
    return row;
  }

  return {
    announce,

    async create(scope: WorkspaceRef, acting: Acting, input: ImportInput): Promise<CostImport> {
      const id = newId();
      const now = clock.now();
      return db.inTenant(scope, async (tx) => {
        const row = await tx
          .insertInto('costs.import')
          .values({
            organization_id: scope.organizationId,
            id,
            workspace_id: scope.workspaceId,
            status: 'receiving',
            origin: input.origin,
            on_existing: input.onExisting,
            reading: JSON.stringify(input.reading),
            force: input.force,
            account_id: input.account?.id ?? null,
            account_name: input.account?.name ?? null,
            files: '[]',
            progress: null,
            rows: null,
            report: null,
            problem: null,
            duplicate_of: null,
            delivery: input.delivery === undefined ? null : JSON.stringify(input.delivery),
            requested_by: acting.actor.id,
            requested_by_label: acting.actor.label,
            created_at: now,
            changed_at: now,
            finished_at: null,
          })
          .returningAll()
          .executeTakeFirstOrThrow();
        await record(tx, scope, acting, 'cost_import.created', row, { onExisting: row.on_existing });
        await announce(tx, scope, id);
        return presentImport(row);
      });
    },

    /** Takes a file, or the rest of one. */
    async receive(
      scope: WorkspaceRef,
      importId: string,
      name: string,
      query: { offset: number; total?: number | undefined },
      body: Readable,
    ): Promise<CostImport> {
      const label = fileName(name);
      const index = await db.inTenant(scope, async (tx) => {
        const row = await receiving(tx, scope, importId);
        const known = row.files.findIndex((file) => file.name === label);
        if (known < 0 && row.files.length >= maxFiles)
          throw new AppError('conflict', `An import takes at most ${maxFiles} files.`);
        const files =
          known < 0 ? [...row.files, { name: label, received: 0, total: null, sha256: null }] : row.files;
        await tx
          .updateTable('costs.import')
          .set({ files: JSON.stringify(files), changed_at: clock.now() })
          .where('id', '=', row.id)
          .execute();
        return known < 0 ? files.length - 1 : known;
      });
      try {
        await folder.receive(importId, index, query.offset, body);
      } finally {
        const received = await folder.sizeOf(importId, index);
        await db.inTenant(scope, async (tx) => {
          const row = await find(tx, scope, importId);
          const files = row.files.map((file, i) =>
            i === index ? { ...file, received, total: query.total ?? file.total } : file,
          );
          await tx
            .updateTable('costs.import')
            .set({ files: JSON.stringify(files), changed_at: clock.now() })
            .where('id', '=', row.id)
            .execute();
          await announce(tx, scope, importId);
        });
      }
      return this.get(scope, importId);
    },

    /** @throws AppError `conflict` without files or with one that did not come whole */
    async start(scope: WorkspaceRef, acting: Acting, importId: string): Promise<CostImport> {
      return db.inTenant(scope, async (tx) => {
        const row = await receiving(tx, scope, importId);
        if (row.files.length === 0) throw new AppError('conflict', 'Upload a file first.');
        const partial = row.files.find((file) => file.total !== null && file.received !== file.total);
        if (partial !== undefined) {
          throw new AppError(
            'conflict',
            `${partial.name} has not come whole: ${partial.received} of ${partial.total ?? 0} bytes.`,
            { meta: { file: partial.name, received: partial.received } },
          );
        }
        const started = await tx
          .updateTable('costs.import')
          .set({ status: 'queued', changed_at: clock.now() })
          .where('id', '=', row.id)
          .returningAll()
          .executeTakeFirstOrThrow();
        await jobs.enqueue(tx, importJob, {
          organizationId: scope.organizationId,
          workspaceId: scope.workspaceId,
          importId: row.id,
        });
        await record(tx, scope, acting, 'cost_import.started', started);
        await announce(tx, scope, row.id);
        return presentImport(started);
      });
    },

    async list(scope: WorkspaceRef, page: { cursor?: string | undefined; limit: number }) {
      const rows = await db.inTenant(scope, (tx) => {
        let select = tx
          .selectFrom('costs.import')
          .selectAll()
          .where('workspace_id', '=', scope.workspaceId)
          .orderBy('id', 'desc')
          .limit(page.limit + 1);
        if (page.cursor !== undefined) {
          const [before = ''] = decodeCursor(page.cursor, 1);
          if (!isId(before)) throw invalidField('query.cursor', 'is not a cursor of this list');
          select = select.where('id', '<', before);
        }
        return select.execute();
      });
      const { items, nextCursor } = toPage(rows, page.limit, (row) => [row.id]);
      return { items: items.map(presentImport), nextCursor };
    },

    async get(scope: WorkspaceRef, importId: string): Promise<CostImportDetail> {
      return presentDetail(await db.inTenant(scope, (tx) => find(tx, scope, importId)));
    },

    async rejects(scope: WorkspaceRef, importId: string): Promise<Download> {
      const row = await db.inTenant(scope, (tx) => find(tx, scope, importId));
      if (!row.has_rejects) throw notFound('A reject file');
      return { filename: `rejected-rows-${row.id}.csv`, body: folder.readRejects(row.id) };
    },

    /** Cancels an import that has not ended; removes the entry of one that has. What was imported stays. */
    async remove(scope: WorkspaceRef, acting: Acting, importId: string): Promise<void> {
      const gone = await db.inTenant(scope, async (tx) => {
        const row = await find(tx, scope, importId);
        const running = row.status === 'running' || row.status === 'queued';
        if (running)
          await tx
            .updateTable('costs.import')
            .set({ status: 'cancelled', finished_at: clock.now(), changed_at: clock.now() })
            .where('id', '=', row.id)
            .execute();
        else await tx.deleteFrom('costs.import').where('id', '=', row.id).execute();
        await record(tx, scope, acting, running ? 'cost_import.cancelled' : 'cost_import.removed', row);
        await announce(tx, scope, row.id);
        return !running;
      });
      if (gone) await folder.remove(importId);
    },
  };
}

export type Imports = ReturnType<typeof createImports>;

/** The last part of a path a browser may send, without control characters. */
function fileName(name: string): string {
  const label =
    name
      .split(/[/\\]/)
      .at(-1)
      ?.replaceAll(/\p{Cc}|\p{Cs}/gu, '')
      .trim() ?? '';
  if (label === '' || label.length > 200)
    throw invalidField('params.name', 'must be a file name of 1 to 200 characters');
  return label;
}
