import { permissionsOf, roles, type Permission, type Role } from '@cloudatlas/contracts/permissions';
import type { PlanTier } from '@cloudatlas/contracts/plans';
import type { Database } from '#platform/db/database.ts';
import type { Principal, ScopeResolver } from '#platform/http/access.ts';
import type { TenancyTables } from './tables.ts';

/**
 * Membership is read anew for every request, so a changed role counts at once. One statement over the whole
 * installation: which organization this is, is what is being asked.
 */
export function createScopeResolver(db: Database<TenancyTables>): ScopeResolver {
  return {
    async organization(principal, organizationSlug) {
      const row = await db.systemRead('resolve an organization', (system) =>
        membership(system, principal.userId, organizationSlug).executeTakeFirst(),
      );
      if (row === undefined || isForeign(principal, row.organization_id)) return null;
      return resolved(principal, row, row.role);
    },
    async workspace(principal, organizationSlug, workspaceSlug) {
      const row = await db.systemRead('resolve a workspace', (system) =>
        membership(system, principal.userId, organizationSlug)
          .innerJoin(
            'tenancy.workspace as workspace',
            'workspace.organization_id',
            'organization.organization_id',
          )
          .leftJoin('tenancy.workspace_role as override', (join) =>
            join
              .onRef('override.organization_id', '=', 'member.organization_id')
              .onRef('override.member_id', '=', 'member.id')
              .onRef('override.workspace_id', '=', 'workspace.id'),
          )
          .where('workspace.slug', '=', workspaceSlug)
          .select([
            'workspace.id as workspace_id',
            'workspace.slug as workspace_slug',
            'workspace.name as workspace_name',
            'override.role as override_role',
          ])
          .executeTakeFirst(),
      );
      if (row === undefined || isForeign(principal, row.organization_id)) return null;
      return {
        ...resolved(principal, row, row.override_role ?? row.role),
        workspace: { workspaceId: row.workspace_id, slug: row.workspace_slug, name: row.workspace_name },
      };
    },
  };
}

function membership(
  system: Parameters<Parameters<Database<TenancyTables>['systemRead']>[1]>[0],
  userId: string,
  slug: string,
) {
  return system
    .selectFrom('tenancy.organization as organization')
    .innerJoin('tenancy.member as member', 'member.organization_id', 'organization.organization_id')
    .where('organization.slug', '=', slug)
    .where('member.user_id', '=', userId)
    .select([
      'organization.organization_id',
      'organization.slug',
      'organization.name',
      'organization.plan',
      'organization.deletion_scheduled_at',
      'member.role',
    ]);
}

/** An API key works in its own organization only; elsewhere there is nothing for it. */
function isForeign(principal: Principal, organizationId: string): boolean {
  return principal.restriction !== null && principal.restriction.organizationId !== organizationId;
}

interface OrganizationRow {
  organization_id: string;
  slug: string;
  name: string;
  plan: PlanTier;
  deletion_scheduled_at: Date | null;
}

function resolved(principal: Principal, row: OrganizationRow, role: Role) {
  return {
    organization: {
      organizationId: row.organization_id,
      slug: row.slug,
      name: row.name,
      plan: row.plan,
      role,
      permissions: effectivePermissions(principal, role),
    },
    deletionScheduledAt: row.deletion_scheduled_at,
  };
}

const permissionSets = new Map(roles.map((role) => [role, new Set(permissionsOf(role))]));
const none: ReadonlySet<Permission> = new Set();

/** The role's permissions, cut to what an API key was given. */
export function effectivePermissions(principal: Principal, role: Role): ReadonlySet<Permission> {
  const { restriction } = principal;
  const ofRole = permissionSets.get(role) ?? none;
  return restriction === null
    ? ofRole
    : new Set([...ofRole].filter((permission) => restriction.permissions.has(permission)));
}
