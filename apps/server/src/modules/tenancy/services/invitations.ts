import { createHash, randomBytes } from 'node:crypto';
import type { Invitation, InvitationPreview, Organization } from '@cloudatlas/contracts/tenancy';
import type { Role } from '@cloudatlas/contracts/permissions';
import type { z } from 'zod';
import type { AuditService } from '#modules/audit/index.ts';
import { actorOf } from '#modules/audit/index.ts';
import { violates, type Database, type TenantTx } from '#platform/db/database.ts';
import { AppError, notFound } from '#platform/errors/app-error.ts';
import type { OrganizationContext, UserContext } from '#platform/http/context.ts';
import type { RateLimits } from '#platform/http/rate-limits.ts';
import { isId, newId } from '#platform/ids/ids.ts';
import type { Platform } from '#platform/module.ts';
import { decodeCursor, toPage } from '#platform/paging/cursor.ts';
import { invitationMail } from '../mails.ts';
import { managingRole, mayManageRole } from '../rules/roles.ts';
import { effectivePermissions } from '../scopes.ts';
import type { InvitationTable, TenancyTables } from '../tables.ts';
import { countMembers, lockOrganization, requireRoom } from './limits.ts';

const validDays = 7;
const day = 86_400_000;

export function createInvitations(
  platform: Pick<Platform, 'clock' | 'mailer' | 'publicUrl'>,
  db: Database<TenancyTables>,
  audit: AuditService,
  localeOf: (userId: string) => Promise<string>,
  rateLimits: Pick<RateLimits, 'consume'>,
) {
  const { clock, mailer, publicUrl } = platform;

  function newToken(): { token: string; hash: Buffer } {
    const token = randomBytes(32).toString('base64url');
    return { token, hash: hashOf(token) };
  }

  async function mail(
    tx: TenantTx<TenancyTables>,
    context: OrganizationContext,
    row: InvitationTable,
    token: string,
    locale: string,
  ): Promise<void> {
    const link = `${publicUrl}/invitations/accept#token=${token}`;
    await mailer.send(tx, {
      to: row.email,
      ...invitationMail(locale, {
        organization: context.organization.name,
        inviter: row.invited_by_name,
        role: row.role,
        link,
        days: validDays,
      }),
    });
  }

  /** Strangers' mailboxes: nobody may fill one, from however many organizations. Hashed, as counters hold no addresses. */
  function spare(recipient: string): Promise<void> {
    return rateLimits.consume('mail_recipient', createHash('sha256').update(recipient).digest('base64url'));
  }

  function nameOf(context: OrganizationContext): string {
    return context.principal.label;
  }

  return {
    async list({ organization }: OrganizationContext, page: { cursor?: string | undefined; limit: number }) {
      const rows = await db.inTenant(organization, (tx) => {
        let select = tx
          .selectFrom('tenancy.invitation')
          .selectAll()
          .orderBy('id', 'desc')
          .limit(page.limit + 1);
        if (page.cursor !== undefined) {
          const [id = ''] = decodeCursor(page.cursor, 1);
          select = select.where('id', '<', isId(id) ? id : '00000000-0000-0000-0000-000000000000');
        }
        return select.execute();
      });
      const { items, nextCursor } = toPage(rows, page.limit, (row) => [row.id]);
      return { items: items.map((row) => present(row, clock.now())), nextCursor };
    },

    /** Invites an address; a still open, expired invitation of it is replaced. */
    async create(context: OrganizationContext, input: { email: string; role: Role }): Promise<Invitation> {
      const { organization, principal } = context;
      if (!mayManageRole(managingRole(principal.kind, organization.role), input.role))
        throw new AppError('forbidden', 'Only an owner may invite an owner.');
      await spare(input.email);
      const { token, hash } = newToken();
      const locale = await localeOf(principal.userId);
      const now = clock.now();
      const row: InvitationTable = {
        organization_id: organization.organizationId,
        id: newId(),
        email: input.email,
        role: input.role,
        token_hash: hash,
        invited_by: principal.userId,
        invited_by_name: nameOf(context),
        created_at: now,
        expires_at: new Date(now.getTime() + validDays * day),
        accepted_at: null,
        revoked_at: null,
      };
      try {
        await db.inTenant(organization, async (tx) => {
          const plan = await lockOrganization(tx);
          await tx
            .updateTable('tenancy.invitation')
            .set({ revoked_at: now })
            .where('email', '=', input.email)
            .where('accepted_at', 'is', null)
            .where('revoked_at', 'is', null)
            .where('expires_at', '<=', now)
            .execute();
          requireRoom(plan, 'members', await countMembers(tx, now));
          await tx.insertInto('tenancy.invitation').values(row).execute();
          await mail(tx, context, row, token, locale);
          await audit.record(tx, entry(context, row, 'invitation.sent'));
        });
      } catch (error) {
        if (violates(error, 'invitation_open'))
          throw new AppError('already_exists', 'This address is already invited.');
        throw error;
      }
      return present(row, now);
    },

    /** Sends a new link with a new term; the old link stops working. */
    async resend(context: OrganizationContext, invitationId: string): Promise<Invitation> {
      // Counted on a connection of its own, so outside the transaction that sends.
      const { email } = await db.inTenant(context.organization, (tx) => findOpen(tx, invitationId));
      await spare(email);
      const { token, hash } = newToken();
      const locale = await localeOf(context.principal.userId);
      const now = clock.now();
      return db.inTenant(context.organization, async (tx) => {
        const row = await findOpen(tx, invitationId);
        if (!mayManageRole(managingRole(context.principal.kind, context.organization.role), row.role))
          throw new AppError('forbidden', 'Only an owner may invite an owner.');
        // From now on it is the sender's own: whoever invited first may have left.
        const change = {
          token_hash: hash,
          invited_by: context.principal.userId,
          invited_by_name: nameOf(context),
          expires_at: new Date(now.getTime() + validDays * day),
        };
        const renewed = { ...row, ...change };
        await tx.updateTable('tenancy.invitation').set(change).where('id', '=', row.id).execute();
        await mail(tx, context, renewed, token, locale);
        await audit.record(tx, entry(context, row, 'invitation.resent'));
        return present(renewed, now);
      });
    },

    async revoke(context: OrganizationContext, invitationId: string): Promise<void> {
      await db.inTenant(context.organization, async (tx) => {
        const row = await findOpen(tx, invitationId);
        if (!mayManageRole(managingRole(context.principal.kind, context.organization.role), row.role))
          throw new AppError('forbidden', 'Only an owner may take back the invitation of an owner.');
        await tx
          .updateTable('tenancy.invitation')
          .set({ revoked_at: clock.now() })
          .where('id', '=', row.id)
          .execute();
        await audit.record(tx, entry(context, row, 'invitation.revoked'));
      });
    },

    /** What the holder of a link sees before signing in. @throws AppError `invalid_token` */
    async preview(token: string): Promise<z.input<typeof InvitationPreview>> {
      const found = await byToken(token);
      return {
        organizationName: found.organization_name,
        email: found.email,
        role: found.role,
        invitedBy: found.invited_by_name,
        expiresAt: found.expires_at.toISOString(),
      };
    },

    /** Makes the signed-in person a member. The verified address must be the invited one; each link works once. */
    async accept(context: UserContext, token: string): Promise<Organization> {
      const { principal } = context;
      const found = await byToken(token);
      if (found.email !== principal.email) {
        throw new AppError('invitation_email_mismatch', `Sign in as ${found.email} to accept it.`, {
          meta: { email: found.email },
        });
      }
      const now = clock.now();
      return db.inTenant({ organizationId: found.organization_id }, async (tx) => {
        // Roles change under this lock.
        await lockOrganization(tx);
        const claimed = await tx
          .updateTable('tenancy.invitation')
          .set({ accepted_at: now })
          .where('id', '=', found.id)
          .where('token_hash', '=', hashOf(token))
          .where('accepted_at', 'is', null)
          .where('revoked_at', 'is', null)
          .where('expires_at', '>', now)
          .returning('invited_by')
          .executeTakeFirst();
        if (claimed === undefined || !(await mayStillGive(tx, claimed.invited_by, found.role)))
          throw new AppError('invalid_token', 'The invitation is not valid any more. Ask for a new one.');
        const member = await tx
          .insertInto('tenancy.member')
          .values({
            organization_id: found.organization_id,
            id: newId(),
            user_id: principal.userId,
            role: found.role,
            joined_at: now,
          })
          .onConflict((conflict) => conflict.constraint('member_user').doNothing())
          .returning('id')
          .executeTakeFirst();
        if (member === undefined) throw new AppError('already_exists', 'You are already a member.');
        await audit.record(tx, {
          organizationId: found.organization_id,
          action: 'invitation.accepted',
          outcome: 'success',
          ...actorOf(context),
          target: { type: 'member', id: member.id, label: principal.label },
          details: { role: found.role },
        });
        const organization = await tx
          .selectFrom('tenancy.organization')
          .selectAll()
          .executeTakeFirstOrThrow();
        return {
          id: organization.organization_id,
          slug: organization.slug,
          name: organization.name,
          plan: organization.plan,
          deletionScheduledAt: organization.deletion_scheduled_at?.toISOString() ?? null,
          createdAt: organization.created_at.toISOString(),
          role: found.role,
          permissions: [...effectivePermissions(principal, found.role)],
        };
      });
    },
  };

  async function byToken(token: string) {
    const row = await db.systemRead('find an invitation by its link', (system) =>
      system
        .selectFrom('tenancy.invitation as invitation')
        .innerJoin(
          'tenancy.organization as organization',
          'organization.organization_id',
          'invitation.organization_id',
        )
        .selectAll('invitation')
        .select('organization.name as organization_name')
        .where('invitation.token_hash', '=', hashOf(token))
        .where('invitation.accepted_at', 'is', null)
        .where('invitation.revoked_at', 'is', null)
        .where('invitation.expires_at', '>', clock.now())
        .where('organization.deletion_scheduled_at', 'is', null)
        .executeTakeFirst(),
    );
    if (row === undefined)
      throw new AppError('invalid_token', 'The invitation is not valid any more. Ask for a new one.');
    return row;
  }
}

/** Whether the inviter is still a member who may give this role. */
async function mayStillGive(tx: TenantTx<TenancyTables>, inviterId: string, role: Role): Promise<boolean> {
  const inviter = await tx
    .selectFrom('tenancy.member')
    .select('role')
    .where('user_id', '=', inviterId)
    .executeTakeFirst();
  return inviter !== undefined && mayManageRole(inviter.role, role);
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

async function findOpen(tx: TenantTx<TenancyTables>, invitationId: string): Promise<InvitationTable> {
  if (!isId(invitationId)) throw notFound('The invitation');
  const row = await tx
    .selectFrom('tenancy.invitation')
    .selectAll()
    .where('id', '=', invitationId)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) throw notFound('The invitation');
  if (row.accepted_at !== null || row.revoked_at !== null)
    throw new AppError('conflict', 'The invitation was already accepted or revoked.');
  return row;
}

function present(row: InvitationTable, now: Date): Invitation {
  const status =
    row.accepted_at !== null
      ? 'accepted'
      : row.revoked_at !== null
        ? 'revoked'
        : row.expires_at <= now
          ? 'expired'
          : 'pending';
  return {
    id: row.id,
    email: row.email,
    role: row.role,
    status,
    invitedBy: row.invited_by_name,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
  };
}

function entry(context: OrganizationContext, row: InvitationTable, action: string) {
  return {
    organizationId: row.organization_id,
    action,
    outcome: 'success' as const,
    ...actorOf(context),
    target: { type: 'invitation', id: row.id, label: row.email },
    details: { role: row.role },
  };
}
