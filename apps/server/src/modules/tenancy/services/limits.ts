import { limitOf, type Limit, type PlanTier } from '@cloudatlas/contracts/plans';
import type { TenantTx } from '#platform/db/database.ts';
import { AppError } from '#platform/errors/app-error.ts';
import type { TenancyTables } from '../tables.ts';

/**
 * Refuses one more of a limited thing. Call it in the transaction that adds, after locking the organization's row
 * (`lockOrganization`), or two requests at once could both take the last place.
 * @param used how many there are already
 * @throws AppError `limit_reached`
 */
export function requireRoom(plan: PlanTier, limit: Limit, used: number): void {
  const max = limitOf[limit][plan];
  if (max !== null && used >= max) {
    throw new AppError('limit_reached', `Your plan allows ${max}.`, { meta: { limit, max, used, plan } });
  }
}

/** Makes additions to one organization wait for each other. @returns its current plan */
export async function lockOrganization(tx: TenantTx<TenancyTables>): Promise<PlanTier> {
  const row = await tx.selectFrom('tenancy.organization').select('plan').forUpdate().executeTakeFirst();
  if (row === undefined) throw new AppError('not_found', 'The organization was not found.');
  return row.plan;
}

export async function countWorkspaces(tx: TenantTx<TenancyTables>): Promise<number> {
  const { count } = await tx
    .selectFrom('tenancy.workspace')
    .select((eb) => eb.fn.countAll<string>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** Members and open invitations: both take a place. */
export async function countMembers(tx: TenantTx<TenancyTables>, now: Date): Promise<number> {
  const { members, invited } = await tx
    .selectNoFrom((eb) => [
      eb
        .selectFrom('tenancy.member')
        .select((count) => count.fn.countAll<string>().as('count'))
        .as('members'),
      eb
        .selectFrom('tenancy.invitation')
        .select((count) => count.fn.countAll<string>().as('count'))
        .where('accepted_at', 'is', null)
        .where('revoked_at', 'is', null)
        .where('expires_at', '>', now)
        .as('invited'),
    ])
    .executeTakeFirstOrThrow();
  return Number(members ?? 0) + Number(invited ?? 0);
}
