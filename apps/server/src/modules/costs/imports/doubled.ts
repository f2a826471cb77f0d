import { sql } from 'kysely';
import type { Database } from '#platform/db/database.ts';
import type { WorkspaceRef } from '../scope-of.ts';
import type { CostsTables } from '../tables.ts';

/** Charges of one account may move between billing accounts in a month, but not on more days than this. */
const chanceDays = 1;
const maxPairs = 500;
const maxShown = 20;

export interface Doubled {
  accountId: string;
  otherBillingAccountId: string;
  /** Days of the month on which both have costs of the account. */
  days: number;
}

/**
 * Finds accounts that two billing accounts deliver for the same days of a month, as an uploaded file of the payer does
 * beside the fetched costs of the account itself. Each source is right by itself, and together they count twice.
 *
 * @param months billing months to look at
 * @returns by `month billingAccount`
 */
export async function doubledAccounts(
  db: Database<CostsTables>,
  scope: WorkspaceRef,
  months: readonly string[],
): Promise<ReadonlyMap<string, Doubled[]>> {
  if (months.length === 0) return new Map();
  const { rows } = await db.inTenant(scope, (tx) =>
    sql<{
      billing_period: string;
      billing_account_id: string;
      other: string;
      account_id: string;
      days: string;
    }>`
      with several as (
        select billing_period, provider, account_id
          from costs.daily
         where workspace_id = ${scope.workspaceId} and billing_period = any(${[...months]}) and billed > 0
         group by billing_period, provider, account_id
        having count(distinct billing_account_id) > 1
      ), days as (
        select distinct billing_period, provider, account_id, billing_account_id, day
          from costs.daily join several using (billing_period, provider, account_id)
         where workspace_id = ${scope.workspaceId} and billed > 0
      )
      select a.billing_period, a.billing_account_id, b.billing_account_id as other, a.account_id, count(*) as days
        from days a
        join days b using (billing_period, provider, account_id, day)
       where a.billing_account_id <> b.billing_account_id
       group by a.billing_period, a.billing_account_id, b.billing_account_id, a.account_id
      having count(*) > ${chanceDays}
       order by a.billing_period desc, a.billing_account_id, a.account_id, b.billing_account_id
       limit ${maxPairs}`.execute(tx),
  );
  const found = new Map<string, Doubled[]>();
  for (const row of rows) {
    const key = `${row.billing_period} ${row.billing_account_id}`;
    const list = found.get(key) ?? [];
    if (list.length < maxShown)
      list.push({ accountId: row.account_id, otherBillingAccountId: row.other, days: Number(row.days) });
    found.set(key, list);
  }
  return found;
}
