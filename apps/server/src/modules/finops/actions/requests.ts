import type { IdentityService } from '#modules/identity/index.ts';
import type { TenancyService } from '#modules/tenancy/index.ts';
import { ownTables, type AnyTenantTx, type Database } from '#platform/db/database.ts';
import type { Platform } from '#platform/module.ts';
import { defaultExpireDays } from './approvals.ts';
import { expiredMail } from './mails.ts';
import type { Outcomes } from './outcome.ts';
import type { ActionRecord, ActionTables } from './tables.ts';

const batch = 500;
const ownDoing = { kind: 'system', id: null, label: 'CloudAtlas' } as const;

export interface RequestNeeds {
  outcomes: Outcomes;
  identity: Pick<IdentityService, 'describeUsers' | 'localeOf'>;
  tenancy: Pick<TenancyService, 'standing'>;
}

/** Requests that wait for another person's decision do not wait for ever. */
export function createRequests(
  { clock, log, mailer, publicUrl }: Pick<Platform, 'clock' | 'log' | 'mailer' | 'publicUrl'>,
  db: Database<ActionTables>,
  { outcomes, identity, tenancy }: RequestNeeds,
) {
  /** Of all organizations. */
  function due(now: Date): Promise<ActionRecord[]> {
    // Requests of before there was an end.
    const before = new Date(now.getTime() - defaultExpireDays * 86_400_000);
    return db.inSystem('find requests that nobody decided about', (tx) =>
      tx
        .selectFrom('finops.action')
        .selectAll()
        .where('status', '=', 'waiting')
        .where((eb) =>
          eb.or([
            eb('expires_at', '<=', now),
            eb.and([eb('expires_at', 'is', null), eb('created_at', '<=', before)]),
          ]),
        )
        .orderBy('id')
        .limit(batch)
        .execute(),
    );
  }

  /** Where the person who asked is told; null for who is no member any more. */
  async function recipientOf(action: ActionRecord) {
    if (action.requested_by === null) return null;
    const scope = { organizationId: action.organization_id, workspaceId: action.workspace_id };
    const standing = await tenancy.standing(scope, action.requested_by);
    if (standing?.permissions.has('finops:read') !== true) return null;
    const [person] = await identity.describeUsers([action.requested_by]);
    return person === undefined
      ? null
      : { email: person.email, locale: await identity.localeOf(action.requested_by) };
  }

  async function expire(request: ActionRecord): Promise<void> {
    const recipient = await recipientOf(request);
    await db.inTenant({ organizationId: request.organization_id }, async (tx) => {
      const message = request.message ?? 'Nobody decided about it in time. Nothing was done.';
      const turned = await outcomes.turnIn(tx, request.id, {
        from: ['waiting'],
        to: 'expired',
        set: { finished_at: clock.now(), message },
        recommendation: 'open',
        event: 'expired',
        audit: 'expired',
        actor: ownDoing,
      });
      if (turned === undefined || recipient === null) return;
      await mailer.send(tx, { to: recipient.email, ...expiredMail(recipient.locale, turned, publicUrl) });
    });
  }

  return {
    /** Ends what is due, in one transaction each, and tells who asked. @returns how many, whoever of several workers ended them */
    async expireDue(): Promise<number> {
      const requests = await due(clock.now());
      for (const request of requests) {
        // One that can't be ended must not keep the others; the next minute tries again.
        await expire(request).catch((error: unknown) =>
          log.error({ err: error, actionId: request.id }, 'a request could not be ended'),
        );
      }
      return requests.length;
    },

    /** Requests about an account that is gone are due at once. */
    async endOfAccount(lent: AnyTenantTx, accountId: string): Promise<void> {
      await ownTables<ActionTables>(lent)
        .updateTable('finops.action')
        .set({ expires_at: clock.now(), message: 'Its account was removed. Nothing was done.' })
        .where('account_id', '=', accountId)
        .where('status', '=', 'waiting')
        .execute();
    },
  };
}
