import { sql } from 'kysely';
import type { TenantTx } from '#platform/db/database.ts';
import type { FinopsTables } from '../tables.ts';

/**
 * Counts the money of open findings so that no resource's is counted twice: of those that claim the whole cost the
 * largest counts; settings add up; together never more than the resource costs (where the bill knows it) or than the
 * finding that claims everything.
 * @param of one account or one resource
 */
export async function countMoney(
  tx: TenantTx<FinopsTables>,
  of: { accountId: string } | { resourceId: string },
): Promise<void> {
  const where =
    'accountId' in of ? sql`account_id = ${of.accountId}::uuid` : sql`resource_id = ${of.resourceId}::uuid`;
  await sql`
    with claim as (
      select id, resource_id, claims, monthly_converted as amount, cost_converted as cost,
        row_number() over (partition by resource_id, claims order by monthly_converted desc, id) as place
      from finops.recommendation
      where ${where} and status = 'open' and monthly_converted > 0
    ), standing as (
      select id, amount,
        coalesce(max(cost) over whole, max(amount) filter (where claims = 'all') over whole) as most,
        coalesce(sum(amount) over (
          partition by resource_id order by claims = 'all' desc, amount desc, id
          rows between unbounded preceding and 1 preceding), 0) as before
      from claim
      where claims = 'setting' or place = 1
      window whole as (partition by resource_id)
    ), counted as (
      select recommendation.id,
        coalesce(case when most is null then amount else greatest(0, least(amount, most - before)) end, 0) as amount
      from finops.recommendation left join standing on standing.id = recommendation.id
      where ${where}
    )
    update finops.recommendation set counted_monthly = counted.amount
    from counted
    where recommendation.id = counted.id and recommendation.counted_monthly <> counted.amount`.execute(tx);
}
