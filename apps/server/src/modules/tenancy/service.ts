import type { PlanTier } from '@cloudatlas/contracts/plans';
import type { Permission, Role } from '@cloudatlas/contracts/permissions';
import { allows, permissionsOf } from '@cloudatlas/contracts/permissions';
import type { AuditService } from '#modules/audit/index.ts';
import type { Clock } from '#platform/clock/clock.ts';
import type { Database } from '#platform/db/database.ts';
import { notFound } from '#platform/errors/app-error.ts';
import type { ScopeResolver } from '#platform/http/access.ts';
import { isId, newId } from '#platform/ids/ids.ts';
import { createScopeResolver } from './scopes.ts';
import type { createOrganizations } from './services/organizations.ts';
import type { UsageCounter } from './services/plans.ts';
import type { DeletionGuard, DeletionGuards } from './services/under-way.ts';
import { insertWorkspace } from './services/workspaces.ts';
import type { TenancyTables } from './tables.ts';

/** What other modules, the command line and the seed may do with organizations. */
export interface TenancyService {
  scopes: ScopeResolver;
  /** One member's organization by slug with the permissions of the role; null for strangers. */
  organizationFor(
    userId: string,
    slug: string,
  ): Promise<{ organizationId: string; slug: string; permissions: ReadonlySet<Permission> } | null>;
  /** Slugs by organization id; unknown ids are left out. */
  slugsOf(organizationIds: readonly string[]): Promise<Map<string, string>>;
  /** Members whose role holds a permission at organization level: whom to notify. At most 500. */
  membersWith(organizationId: string, permission: Permission): Promise<{ userId: string; role: Role }[]>;
  /**
   * What a person may do in a workspace right now and what the plan includes, for work done on their behalf later.
   * null for who is no member (any more), and while the organization waits for its deletion.
   */
  standing(
    scope: { organizationId: string; workspaceId: string },
    userId: string,
  ): Promise<{ plan: PlanTier; permissions: ReadonlySet<Permission> } | null>;
  /** Creates an organization for a seed or command. */
  createOrganization(input: {
    ownerUserId: string;
    name: string;
    slug: string;
    plan: PlanTier;
  }): Promise<string>;
  createWorkspace(organizationId: string, input: { name: string; slug: string }): Promise<string>;
  /** @returns null when there is no such workspace */
  workspaceId(organizationId: string, slug: string): Promise<string | null>;
  addMember(organizationId: string, userId: string, role: Role): Promise<void>;
  /** Every organization that is not waiting for its deletion, for schedulers. */
  listOrganizationIds(): Promise<string[]>;
  setPlan(organizationSlug: string, plan: PlanTier, actor: string): Promise<void>;
  addUsageCounter(counter: UsageCounter): void;
  /** Lets a module refuse deletions while it works at a provider. */
  addDeletionGuard(guard: DeletionGuard): void;
  /** Before something is deleted, in the same transaction. @throws AppError `conflict` while work is under way */
  requireIdle: DeletionGuards['requireIdle'];
}

export function createTenancyService(
  db: Database<TenancyTables>,
  audit: AuditService,
  clock: Clock,
  organizations: ReturnType<typeof createOrganizations>,
  addUsageCounter: (counter: UsageCounter) => void,
  guards: DeletionGuards,
): TenancyService {
  return {
    scopes: createScopeResolver(db),
    addUsageCounter,
    addDeletionGuard: (guard) => guards.add(guard),
    requireIdle: (tx, within) => guards.requireIdle(tx, within),

    async organizationFor(userId, slug) {
      const row = await db.systemRead('find a membership', (system) =>
        system
          .selectFrom('tenancy.organization as organization')
          .innerJoin('tenancy.member as member', 'member.organization_id', 'organization.organization_id')
          .where('organization.slug', '=', slug)
          .where('member.user_id', '=', userId)
          .select(['organization.organization_id', 'organization.slug', 'member.role'])
          .executeTakeFirst(),
      );
      return row === undefined
        ? null
        : {
            organizationId: row.organization_id,
            slug: row.slug,
            permissions: new Set(permissionsOf(row.role)),
          };
    },

    async slugsOf(organizationIds) {
      if (organizationIds.length === 0) return new Map();
      const rows = await db.systemRead('name organizations', (system) =>
        system
          .selectFrom('tenancy.organization')
          .select(['organization_id', 'slug'])
          .where('organization_id', 'in', [...organizationIds])
          .execute(),
      );
      return new Map(rows.map((row) => [row.organization_id, row.slug]));
    },

    async standing({ organizationId, workspaceId }, userId) {
      const row = await db.inTenant({ organizationId }, (tx) =>
        tx
          .selectFrom('tenancy.member as member')
          .innerJoin('tenancy.organization as organization', (join) =>
            join
              .onRef('organization.organization_id', '=', 'member.organization_id')
              .on('organization.deletion_scheduled_at', 'is', null),
          )
          .leftJoin('tenancy.workspace_role as override', (join) =>
            join
              .onRef('override.organization_id', '=', 'member.organization_id')
              .onRef('override.member_id', '=', 'member.id')
              .on('override.workspace_id', '=', workspaceId),
          )
          .where('member.user_id', '=', userId)
          .select(['organization.plan', 'member.role', 'override.role as override_role'])
          .executeTakeFirst(),
      );
      if (row === undefined) return null;
      return { plan: row.plan, permissions: new Set(permissionsOf(row.override_role ?? row.role)) };
    },

    async membersWith(organizationId, permission) {
      const rows = await db.inTenant({ organizationId }, (tx) =>
        tx.selectFrom('tenancy.member').select(['user_id', 'role']).orderBy('id').limit(500).execute(),
      );
      return rows
        .filter((row) => allows(row.role, permission))
        .map((row) => ({ userId: row.user_id, role: row.role }));
    },

    async createOrganization({ ownerUserId, name, slug, plan }) {
      const row = await organizations.create({ userId: ownerUserId }, { name, slug, plan }, (tx, created) =>
        audit.record(tx, {
          organizationId: created.organization_id,
          action: 'organization.created',
          outcome: 'success',
          actor: { kind: 'system', id: null, label: 'CloudAtlas' },
          target: { type: 'organization', id: created.organization_id, label: created.name },
        }),
      );
      return row.organization_id;
    },

    async createWorkspace(organizationId, input) {
      return db.inTenant({ organizationId }, async (tx) => {
        const row = await insertWorkspace(tx, organizationId, input, clock.now());
        await audit.record(tx, {
          organizationId,
          action: 'workspace.created',
          outcome: 'success',
          actor: { kind: 'system', id: null, label: 'CloudAtlas' },
          workspaceId: row.id,
          target: { type: 'workspace', id: row.id, label: row.name },
        });
        return row.id;
      });
    },

    async workspaceId(organizationId, slug) {
      const row = await db.inTenant({ organizationId }, (tx) =>
        tx.selectFrom('tenancy.workspace').select('id').where('slug', '=', slug).executeTakeFirst(),
      );
      return row?.id ?? null;
    },

    async addMember(organizationId, userId, role) {
      if (!isId(userId)) throw notFound('The user');
      await db.inTenant({ organizationId }, async (tx) => {
        await tx
          .insertInto('tenancy.member')
          .values({
            organization_id: organizationId,
            id: newId(),
            user_id: userId,
            role,
            joined_at: clock.now(),
          })
          .onConflict((conflict) => conflict.constraint('member_user').doNothing())
          .execute();
        await audit.record(tx, {
          organizationId,
          action: 'member.added',
          outcome: 'success',
          actor: { kind: 'system', id: null, label: 'CloudAtlas' },
          target: { type: 'user', id: userId },
          details: { role },
        });
      });
    },

    async listOrganizationIds() {
      const rows = await db.inSystem('list organizations for schedulers', (tx) =>
        tx
          .selectFrom('tenancy.organization')
          .select('organization_id')
          .where('deletion_scheduled_at', 'is', null)
          .orderBy('organization_id')
          .execute(),
      );
      return rows.map((row) => row.organization_id);
    },

    async setPlan(organizationSlug, plan, actor) {
      await db.inSystem('set a plan from the command line', async (tx) => {
        const row = await tx
          .updateTable('tenancy.organization')
          .set({ plan })
          .where('slug', '=', organizationSlug)
          .returning('organization_id')
          .executeTakeFirst();
        if (row === undefined) throw notFound('The organization');
        await audit.record(tx, {
          organizationId: row.organization_id,
          action: 'plan.changed',
          outcome: 'success',
          actor: { kind: 'staff', id: null, label: actor },
          target: { type: 'organization', id: row.organization_id },
          details: { plan },
        });
      });
    },
  };
}
