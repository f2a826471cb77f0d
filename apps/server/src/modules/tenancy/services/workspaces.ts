import type { Workspace } from '@cloudatlas/contracts/tenancy';
import type { Role } from '@cloudatlas/contracts/permissions';
import type { AuditService } from '#modules/audit/index.ts';
import { actorOf } from '#modules/audit/index.ts';
import type { Clock } from '#platform/clock/clock.ts';
import { violates, type Database, type TenantTx } from '#platform/db/database.ts';
import { AppError, invalidField, notFound } from '#platform/errors/app-error.ts';
import type { Principal } from '#platform/http/access.ts';
import type { OrganizationContext, WorkspaceContext } from '#platform/http/context.ts';
import { isId, newId } from '#platform/ids/ids.ts';
import { decodeCursor, toPage } from '#platform/paging/cursor.ts';
import { isReservedSlug, slugCandidate, slugOf } from '../rules/slugs.ts';
import { effectivePermissions } from '../scopes.ts';
import type { TenancyTables, WorkspaceTable } from '../tables.ts';
import { countWorkspaces, lockOrganization, requireRoom } from './limits.ts';
import type { DeletionGuards } from './under-way.ts';

type Tx = TenantTx<TenancyTables>;
const maxSlugTries = 50;

export function createWorkspaces(
  db: Database<TenancyTables>,
  audit: AuditService,
  clock: Clock,
  guards: Pick<DeletionGuards, 'requireIdle'>,
) {
  return {
    /** Workspaces by name with the caller's effective role in each. */
    async list(
      { organization, principal }: OrganizationContext,
      page: { cursor?: string | undefined; limit: number },
    ) {
      const rows = await db.inTenant(organization, (tx) => {
        let select = tx
          .selectFrom('tenancy.workspace as workspace')
          .leftJoin('tenancy.member as member', (join) => join.on('member.user_id', '=', principal.userId))
          .leftJoin('tenancy.workspace_role as override', (join) =>
            join
              .onRef('override.workspace_id', '=', 'workspace.id')
              .onRef('override.member_id', '=', 'member.id'),
          )
          // Named one by one: a statement without `*` is prepared once per connection.
          .select([
            'workspace.organization_id',
            'workspace.id',
            'workspace.slug',
            'workspace.name',
            'workspace.created_at',
          ])
          .select('override.role as override_role')
          .orderBy('workspace.name')
          .orderBy('workspace.id')
          .limit(page.limit + 1);
        if (page.cursor !== undefined) {
          const [name = '', id = ''] = decodeCursor(page.cursor, 2);
          if (!isId(id)) throw invalidField('query.cursor', 'is not a cursor of this list');
          select = select.where((eb) =>
            eb(eb.refTuple('workspace.name', 'workspace.id'), '>', eb.tuple(name, id)),
          );
        }
        return select.execute();
      });
      const { items, nextCursor } = toPage(rows, page.limit, (row) => [row.name, row.id]);
      return {
        items: items.map((row) => present(principal, row, row.override_role ?? organization.role)),
        nextCursor,
      };
    },

    async create(
      context: OrganizationContext,
      input: { name: string; slug?: string | undefined },
    ): Promise<Workspace> {
      const { organization, principal } = context;
      if (input.slug !== undefined && isReservedSlug(input.slug))
        throw invalidField('body.slug', 'is reserved', 'reserved');
      return db.inTenant(organization, async (tx) => {
        requireRoom(await lockOrganization(tx), 'workspaces', await countWorkspaces(tx));
        const row = await insertWorkspace(tx, organization.organizationId, input, clock.now());
        await audit.record(tx, {
          organizationId: organization.organizationId,
          action: 'workspace.created',
          outcome: 'success',
          ...actorOf(context),
          workspaceId: row.id,
          target: { type: 'workspace', id: row.id, label: row.name },
          details: { slug: row.slug },
        });
        return present(principal, row, organization.role);
      });
    },

    async get({ organization, workspace, principal }: WorkspaceContext): Promise<Workspace> {
      const row = await db.inTenant(organization, (tx) =>
        tx
          .selectFrom('tenancy.workspace')
          .selectAll()
          .where('id', '=', workspace.workspaceId)
          .executeTakeFirst(),
      );
      if (row === undefined) throw notFound('The workspace');
      return present(principal, row, organization.role);
    },

    async update(
      context: WorkspaceContext,
      changes: { name?: string | undefined; slug?: string | undefined },
    ): Promise<Workspace> {
      const { organization, workspace, principal } = context;
      if (changes.slug !== undefined && changes.slug !== workspace.slug && isReservedSlug(changes.slug)) {
        throw invalidField('body.slug', 'is reserved', 'reserved');
      }
      try {
        return await db.inTenant(organization, async (tx) => {
          const before = await tx
            .selectFrom('tenancy.workspace')
            .selectAll()
            .where('id', '=', workspace.workspaceId)
            .forUpdate()
            .executeTakeFirst();
          if (before === undefined) throw notFound('The workspace');
          const after = { ...before, name: changes.name ?? before.name, slug: changes.slug ?? before.slug };
          if (after.name !== before.name || after.slug !== before.slug) {
            await tx
              .updateTable('tenancy.workspace')
              .set({ name: after.name, slug: after.slug })
              .where('id', '=', before.id)
              .execute();
            await audit.record(tx, {
              organizationId: organization.organizationId,
              action: 'workspace.renamed',
              outcome: 'success',
              ...actorOf(context),
              workspaceId: before.id,
              target: { type: 'workspace', id: before.id, label: after.name },
              details: {
                from: { name: before.name, slug: before.slug },
                to: { name: after.name, slug: after.slug },
              },
            });
          }
          return present(principal, after, organization.role);
        });
      } catch (error) {
        if (violates(error, 'workspace_slug'))
          throw new AppError('slug_taken', `${changes.slug ?? ''} is taken.`, {
            meta: { slug: changes.slug },
          });
        throw error;
      }
    },

    /**
     * Deletes a workspace and what is in it. An organization keeps at least one.
     * @throws AppError `conflict` for the last one, and while work at a provider is under way in it
     */
    async remove(context: WorkspaceContext): Promise<void> {
      const { organization, workspace } = context;
      await db.inTenant(organization, async (tx) => {
        await lockOrganization(tx);
        if ((await countWorkspaces(tx)) <= 1)
          throw new AppError('conflict', 'An organization keeps at least one workspace.');
        // Whatever refers to the workspace waits for this lock: nothing can begin after the question.
        await tx
          .selectFrom('tenancy.workspace')
          .select('id')
          .where('id', '=', workspace.workspaceId)
          .forUpdate()
          .execute();
        await guards.requireIdle(tx, {
          organizationId: organization.organizationId,
          workspaceId: workspace.workspaceId,
        });
        const { numDeletedRows } = await tx
          .deleteFrom('tenancy.workspace')
          .where('id', '=', workspace.workspaceId)
          .executeTakeFirst();
        if (numDeletedRows === 0n) throw notFound('The workspace');
        await audit.record(tx, {
          organizationId: organization.organizationId,
          action: 'workspace.deleted',
          outcome: 'success',
          ...actorOf(context),
          workspaceId: workspace.workspaceId,
          target: { type: 'workspace', id: workspace.workspaceId, label: workspace.name },
        });
      });
    },
  };
}

/** Inserts with the asked address, or with the first free one made of the name. @throws AppError `slug_taken` */
export async function insertWorkspace(
  tx: Tx,
  organizationId: string,
  input: { name: string; slug?: string | undefined },
  now: Date,
): Promise<WorkspaceTable> {
  const id = newId();
  const base = input.slug ?? slugOf(input.name, `workspace-${id.slice(-8)}`);
  for (let attempt = 1; attempt <= (input.slug === undefined ? maxSlugTries : 1); attempt += 1) {
    const row = {
      organization_id: organizationId,
      id,
      slug: slugCandidate(base, attempt),
      name: input.name,
      created_at: now,
    };
    // Not an error that would end the transaction: taken addresses are skipped.
    const inserted = await tx
      .insertInto('tenancy.workspace')
      .values(row)
      .onConflict((conflict) => conflict.constraint('workspace_slug').doNothing())
      .returningAll()
      .executeTakeFirst();
    if (inserted !== undefined) return inserted;
  }
  throw new AppError('slug_taken', `${base} is taken.`, { meta: { slug: base } });
}

function present(principal: Principal, row: WorkspaceTable, role: Role): Workspace {
  return {
    id: row.id,
    slug: row.slug,
    name: row.name,
    createdAt: row.created_at.toISOString(),
    role,
    permissions: [...effectivePermissions(principal, role)],
  };
}
