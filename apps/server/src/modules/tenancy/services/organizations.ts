import type { Organization } from '@cloudatlas/contracts/tenancy';
import type { Role } from '@cloudatlas/contracts/permissions';
import type { PlanTier } from '@cloudatlas/contracts/plans';
import type { AuditService } from '#modules/audit/index.ts';
import { actorOf } from '#modules/audit/index.ts';
import type { Clock } from '#platform/clock/clock.ts';
import { violates, type Database, type TenantTx } from '#platform/db/database.ts';
import { AppError, invalidField, notFound } from '#platform/errors/app-error.ts';
import type { Principal } from '#platform/http/access.ts';
import type { OrganizationContext, UserContext } from '#platform/http/context.ts';
import { isId, newId } from '#platform/ids/ids.ts';
import { decodeCursor, toPage } from '#platform/paging/cursor.ts';
import { isReservedSlug, slugCandidate, slugOf } from '../rules/slugs.ts';
import { effectivePermissions } from '../scopes.ts';
import type { OrganizationTable, TenancyTables } from '../tables.ts';

/** How long a deleted organization can be restored. */
export const deletionGraceDays = 7;
/** A person can found this many; more is abuse, not work. */
const maxOwned = 20;
const maxSlugTries = 50;

export interface NewOrganization {
  name: string;
  slug: string | undefined;
  plan: PlanTier;
}

export function createOrganizations(db: Database<TenancyTables>, audit: AuditService, clock: Clock) {
  /** Creates an organization with its first owner. @throws AppError `slug_taken` when the asked slug is taken */
  async function create(
    owner: { userId: string },
    input: NewOrganization,
    onCreated: (tx: TenantTx<TenancyTables>, row: OrganizationTable) => Promise<void>,
  ) {
    if (input.slug !== undefined && isReservedSlug(input.slug))
      throw invalidField('body.slug', 'is reserved', 'reserved');
    const organizationId = newId();
    const base = input.slug ?? slugOf(input.name, `org-${organizationId.slice(-8)}`);
    for (let attempt = 1; attempt <= maxSlugTries; attempt += 1) {
      const row: OrganizationTable = {
        organization_id: organizationId,
        slug: slugCandidate(base, attempt),
        name: input.name,
        plan: input.plan,
        kind: 'standalone',
        created_at: clock.now(),
        deletion_scheduled_at: null,
      };
      try {
        await db.inTenant({ organizationId }, async (tx) => {
          await tx.insertInto('tenancy.organization').values(row).execute();
          await tx
            .insertInto('tenancy.member')
            .values({
              organization_id: organizationId,
              id: newId(),
              user_id: owner.userId,
              role: 'owner',
              joined_at: row.created_at,
            })
            .execute();
          await onCreated(tx, row);
        });
        return row;
      } catch (error) {
        if (!violates(error, 'organization_slug')) throw error;
        if (input.slug !== undefined)
          throw new AppError('slug_taken', `${input.slug} is taken.`, { meta: { slug: input.slug } });
      }
    }
    throw new AppError('slug_taken', 'Choose an address for the organization.');
  }

  return {
    create,

    /** The founder's request: bounded per person, audited in the new organization's own chain. */
    async found(
      context: UserContext,
      input: { name: string; slug?: string | undefined },
    ): Promise<Organization> {
      const { principal } = context;
      const owned = await db.systemRead('count owned organizations', (system) =>
        system
          .selectFrom('tenancy.member')
          .select((eb) => eb.fn.countAll<string>().as('count'))
          .where('user_id', '=', principal.userId)
          .where('role', '=', 'owner')
          .executeTakeFirstOrThrow(),
      );
      if (Number(owned.count) >= maxOwned)
        throw new AppError('limit_reached', `A person can own ${maxOwned} organizations.`, {
          meta: { max: maxOwned },
        });
      const row = await create(
        principal,
        { name: input.name, slug: input.slug, plan: 'free' },
        (tx, created) =>
          audit.record(tx, {
            organizationId: created.organization_id,
            action: 'organization.created',
            outcome: 'success',
            ...actorOf(context),
            target: { type: 'organization', id: created.organization_id, label: created.name },
            details: { slug: created.slug },
          }),
      );
      return present(principal, row, 'owner');
    },

    /** The caller's organizations by name. */
    async listMine(principal: Principal, page: { cursor?: string | undefined; limit: number }) {
      const rows = await db.systemRead('list my organizations', (system) => {
        let select = system
          .selectFrom('tenancy.organization as organization')
          .innerJoin('tenancy.member as member', 'member.organization_id', 'organization.organization_id')
          .where('member.user_id', '=', principal.userId)
          .selectAll('organization')
          .select('member.role')
          .orderBy('organization.name')
          .orderBy('organization.organization_id')
          .limit(page.limit + 1);
        if (principal.restriction !== null)
          select = select.where('organization.organization_id', '=', principal.restriction.organizationId);
        if (page.cursor !== undefined) {
          const [name = '', id = ''] = decodeCursor(page.cursor, 2);
          if (!isId(id)) throw invalidField('query.cursor', 'is not a cursor of this list');
          select = select.where((eb) =>
            eb(eb.refTuple('organization.name', 'organization.organization_id'), '>', eb.tuple(name, id)),
          );
        }
        return select.execute();
      });
      const { items, nextCursor } = toPage(rows, page.limit, (row) => [row.name, row.organization_id]);
      return { items: items.map((row) => present(principal, row, row.role)), nextCursor };
    },

    async get({ organization, principal }: OrganizationContext): Promise<Organization> {
      const row = await db.inTenant(organization, (tx) =>
        tx.selectFrom('tenancy.organization').selectAll().executeTakeFirst(),
      );
      if (row === undefined) throw notFound('The organization');
      return present(principal, row, organization.role);
    },

    async update(
      context: OrganizationContext,
      changes: { name?: string | undefined; slug?: string | undefined },
    ): Promise<Organization> {
      const { organization, principal } = context;
      if (changes.slug !== undefined && changes.slug !== organization.slug && isReservedSlug(changes.slug)) {
        throw invalidField('body.slug', 'is reserved', 'reserved');
      }
      try {
        return await db.inTenant(organization, async (tx) => {
          const before = await tx
            .selectFrom('tenancy.organization')
            .selectAll()
            .forUpdate()
            .executeTakeFirst();
          if (before === undefined) throw notFound('The organization');
          const after = { ...before, name: changes.name ?? before.name, slug: changes.slug ?? before.slug };
          if (after.name !== before.name || after.slug !== before.slug) {
            await tx
              .updateTable('tenancy.organization')
              .set({ name: after.name, slug: after.slug })
              .execute();
            await audit.record(tx, {
              organizationId: organization.organizationId,
              action: 'organization.renamed',
              outcome: 'success',
              ...actorOf(context),
              target: { type: 'organization', id: organization.organizationId, label: after.name },
              details: {
                from: { name: before.name, slug: before.slug },
                to: { name: after.name, slug: after.slug },
              },
            });
          }
          return present(principal, after, organization.role);
        });
      } catch (error) {
        if (violates(error, 'organization_slug'))
          throw new AppError('slug_taken', `${changes.slug ?? ''} is taken.`, {
            meta: { slug: changes.slug },
          });
        throw error;
      }
    },

    /** Schedules (or, with null, takes back) the deletion. Repeating either changes nothing. */
    async setDeletion(context: OrganizationContext, at: Date | null): Promise<Organization> {
      const { organization, principal } = context;
      return db.inTenant(organization, async (tx) => {
        const before = await tx.selectFrom('tenancy.organization').selectAll().forUpdate().executeTakeFirst();
        if (before === undefined) throw notFound('The organization');
        const changed = (before.deletion_scheduled_at === null) !== (at === null);
        if (!changed) return present(principal, before, organization.role);
        await tx.updateTable('tenancy.organization').set({ deletion_scheduled_at: at }).execute();
        await audit.record(tx, {
          organizationId: organization.organizationId,
          action: at === null ? 'organization.restored' : 'organization.deletion_scheduled',
          outcome: 'success',
          ...actorOf(context),
          target: { type: 'organization', id: organization.organizationId, label: before.name },
          details: at === null ? {} : { at: at.toISOString() },
        });
        return present(principal, { ...before, deletion_scheduled_at: at }, organization.role);
      });
    },
  };
}

function present(
  principal: Principal,
  row: {
    organization_id: string;
    slug: string;
    name: string;
    plan: PlanTier;
    created_at: Date;
    deletion_scheduled_at: Date | null;
  },
  role: Role,
): Organization {
  return {
    id: row.organization_id,
    slug: row.slug,
    name: row.name,
    plan: row.plan,
    deletionScheduledAt: row.deletion_scheduled_at?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
    role,
    permissions: [...effectivePermissions(principal, role)],
  };
}
