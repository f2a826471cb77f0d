import type { Member } from '@cloudatlas/contracts/tenancy';
import type { Role } from '@cloudatlas/contracts/permissions';
import type { AuditService } from '#modules/audit/index.ts';
import { actorOf } from '#modules/audit/index.ts';
import type { Database, TenantTx } from '#platform/db/database.ts';
import { AppError, invalidField, notFound } from '#platform/errors/app-error.ts';
import type { OrganizationContext } from '#platform/http/context.ts';
import { isId } from '#platform/ids/ids.ts';
import type { Platform } from '#platform/module.ts';
import { decodeCursor, toPage } from '#platform/paging/cursor.ts';
import { managingRole, mayManageRole } from '../rules/roles.ts';
import type { MemberTable, TenancyTables } from '../tables.ts';
import { membershipEnded } from '../events.ts';
import type { PeopleDirectory } from '../index.ts';
import { lockOrganization } from './limits.ts';

type Tx = TenantTx<TenancyTables>;

export function createMembers(
  { clock, events }: Pick<Platform, 'clock' | 'events'>,
  db: Database<TenancyTables>,
  audit: AuditService,
  people: PeopleDirectory,
) {
  async function find(tx: Tx, memberId: string): Promise<MemberTable> {
    if (!isId(memberId)) throw notFound('The member');
    const row = await tx
      .selectFrom('tenancy.member')
      .selectAll()
      .where('id', '=', memberId)
      .executeTakeFirst();
    if (row === undefined) throw notFound('The member');
    return row;
  }

  async function requireAnotherOwner(tx: Tx, leaving: MemberTable): Promise<void> {
    if (leaving.role !== 'owner') return;
    const other = await tx
      .selectFrom('tenancy.member')
      .select('id')
      .where('role', '=', 'owner')
      .where('id', '!=', leaving.id)
      .limit(1)
      .executeTakeFirst();
    if (other === undefined) throw new AppError('last_owner');
  }

  async function present(
    rows: MemberTable[],
    overrides: { member_id: string; workspace_id: string; slug: string; role: Role }[],
  ): Promise<Member[]> {
    const known = new Map(
      (await people.describeUsers(rows.map((row) => row.user_id))).map((user) => [user.id, user]),
    );
    return rows.map((row) => {
      const user = known.get(row.user_id);
      return {
        id: row.id,
        userId: row.user_id,
        name: user?.name ?? '',
        email: user?.email ?? '',
        role: row.role,
        mfaEnabled: user?.mfaEnabled ?? false,
        joinedAt: row.joined_at.toISOString(),
        overrides: overrides
          .filter((override) => override.member_id === row.id)
          .map((override) => ({
            workspaceId: override.workspace_id,
            workspaceSlug: override.slug,
            role: override.role,
          })),
      };
    });
  }

  function overridesOf(tx: Tx, memberIds: string[]) {
    return tx
      .selectFrom('tenancy.workspace_role as override')
      .innerJoin('tenancy.workspace as workspace', 'workspace.id', 'override.workspace_id')
      .where(
        'override.member_id',
        'in',
        memberIds.length > 0 ? memberIds : ['00000000-0000-0000-0000-000000000000'],
      )
      .select(['override.member_id', 'override.workspace_id', 'override.role', 'workspace.slug'])
      .orderBy('workspace.slug')
      .execute();
  }

  async function presentOne(context: OrganizationContext, memberId: string): Promise<Member> {
    const { row, overrides } = await db.inTenant(context.organization, async (tx) => {
      const found = await find(tx, memberId);
      return { row: found, overrides: await overridesOf(tx, [found.id]) };
    });
    const [member] = await present([row], overrides);
    if (member === undefined) throw notFound('The member');
    return member;
  }

  return {
    /** Members in the order they joined. */
    async list({ organization }: OrganizationContext, page: { cursor?: string | undefined; limit: number }) {
      const { rows, overrides } = await db.inTenant(organization, async (tx) => {
        let select = tx
          .selectFrom('tenancy.member')
          .selectAll()
          .orderBy('id')
          .limit(page.limit + 1);
        if (page.cursor !== undefined) {
          const [id = ''] = decodeCursor(page.cursor, 1);
          if (!isId(id)) throw invalidField('query.cursor', 'is not a cursor of this list');
          select = select.where('id', '>', id);
        }
        const found = await select.execute();
        return {
          rows: found,
          overrides: await overridesOf(
            tx,
            found.map((row) => row.id),
          ),
        };
      });
      const { items, nextCursor } = toPage(rows, page.limit, (row) => [row.id]);
      return { items: await present(items, overrides), nextCursor };
    },

    async changeRole(context: OrganizationContext, memberId: string, role: Role): Promise<Member> {
      const { organization } = context;
      const own = managingRole(context.principal.kind, organization.role);
      await db.inTenant(organization, async (tx) => {
        await lockOrganization(tx);
        const member = await find(tx, memberId);
        if (!mayManageRole(own, member.role) || !mayManageRole(own, role)) {
          throw new AppError('forbidden', 'Only an owner may give or take the owner role.');
        }
        if (member.role === role) return;
        if (role !== 'owner') await requireAnotherOwner(tx, member);
        await tx.updateTable('tenancy.member').set({ role }).where('id', '=', member.id).execute();
        // An owner is an owner everywhere: a former override would go on lowering the role in its workspace.
        if (role === 'owner')
          await tx.deleteFrom('tenancy.workspace_role').where('member_id', '=', member.id).execute();
        await audit.record(tx, {
          organizationId: organization.organizationId,
          action: 'member.role_changed',
          outcome: 'success',
          ...actorOf(context),
          target: { type: 'member', id: member.id, label: await labelOf(member) },
          details: { from: member.role, to: role },
        });
      });
      return presentOne(context, memberId);
    },

    /**
     * Removes a member; anybody may remove themselves, the last owner nobody. Leaving is a person's decision: an API
     * key removes only with the permission to.
     */
    async remove(context: OrganizationContext, memberId: string): Promise<void> {
      const { organization, principal } = context;
      const own = managingRole(context.principal.kind, organization.role);
      await db.inTenant(organization, async (tx) => {
        await lockOrganization(tx);
        const member = await find(tx, memberId);
        const self = member.user_id === principal.userId;
        const leaves = self && principal.kind === 'user';
        if (!leaves && !organization.permissions.has('members:write'))
          throw new AppError('forbidden', 'Your role does not allow this.');
        if (!self && !mayManageRole(own, member.role))
          throw new AppError('forbidden', 'Only an owner may remove an owner.');
        await requireAnotherOwner(tx, member);
        await tx.deleteFrom('tenancy.member').where('id', '=', member.id).execute();
        await audit.record(tx, {
          organizationId: organization.organizationId,
          action: self ? 'member.left' : 'member.removed',
          outcome: 'success',
          ...actorOf(context),
          target: { type: 'member', id: member.id, label: await labelOf(member) },
          details: { role: member.role },
        });
        // Keys would work again if the person came back.
        await events.publish(tx, membershipEnded, {
          organizationId: organization.organizationId,
          userId: member.user_id,
          endedAt: clock.now().toISOString(),
        });
      });
    },

    /** Replaces (or, with null, gives back) the organization role inside one workspace. */
    async setOverride(
      context: OrganizationContext,
      memberId: string,
      workspaceSlug: string,
      role: Role | null,
    ): Promise<Member> {
      const { organization } = context;
      const own = managingRole(context.principal.kind, organization.role);
      await db.inTenant(organization, async (tx) => {
        await lockOrganization(tx);
        const member = await find(tx, memberId);
        const workspace = await tx
          .selectFrom('tenancy.workspace')
          .selectAll()
          .where('slug', '=', workspaceSlug)
          .executeTakeFirst();
        if (workspace === undefined) throw notFound('The workspace');
        if (member.role === 'owner') throw new AppError('conflict', 'An owner is an owner everywhere.');
        if (role === 'owner') throw invalidField('body.role', 'cannot be owner inside one workspace');
        if (!mayManageRole(own, member.role)) throw new AppError('forbidden');
        const key = {
          organization_id: organization.organizationId,
          workspace_id: workspace.id,
          member_id: member.id,
        };
        if (role === null) {
          await tx
            .deleteFrom('tenancy.workspace_role')
            .where('workspace_id', '=', workspace.id)
            .where('member_id', '=', member.id)
            .execute();
        } else {
          await tx
            .insertInto('tenancy.workspace_role')
            .values({ ...key, role })
            .onConflict((conflict) =>
              conflict.columns(['organization_id', 'workspace_id', 'member_id']).doUpdateSet({ role }),
            )
            .execute();
        }
        await audit.record(tx, {
          organizationId: organization.organizationId,
          action: role === null ? 'member.override_removed' : 'member.override_set',
          outcome: 'success',
          ...actorOf(context),
          workspaceId: workspace.id,
          target: { type: 'member', id: member.id, label: await labelOf(member) },
          details: { workspace: workspace.slug, role },
        });
      });
      return presentOne(context, memberId);
    },
  };

  async function labelOf(member: MemberTable): Promise<string> {
    const [user] = await people.describeUsers([member.user_id]);
    return user === undefined ? member.user_id : `${user.name} <${user.email}>`;
  }
}
