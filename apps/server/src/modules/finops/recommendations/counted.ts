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
      select organization_id, id, resource_id, claims,
        case when status = 'open' then cost_converted end as cost,
        case when status = 'open' and monthly_converted > 0 then monthly_converted else 0 end as amount
      from finops.recommendation
      where ${where}
    ), ranked as (
      select *, row_number() over (partition by resource_id, claims order by amount desc, id) as place from claim
    ), standing as (
      select *, case when claims = 'setting' or place = 1 then amount else 0 end as claimed from ranked
    ), counted as (
      select organization_id, id, claimed,
        coalesce(max(cost) over whole, nullif(max(claimed) filter (where claims = 'all') over whole, 0)) as most,
        coalesce(sum(claimed) over (
          partition by resource_id order by claims = 'all' desc, claimed desc, id
          rows between unbounded preceding and 1 preceding), 0) as before
      from standing
      window whole as (partition by resource_id)
    ), result as (
      select organization_id, id,
        case when most is null then claimed else greatest(0, least(claimed, most - before)) end as amount
      from counted
    )
    update finops.recommendation as known set counted_monthly = result.amount
    from result
    where known.organization_id = result.organization_id and known.id = result.id and known.${where}
      and known.counted_monthly <> result.amount`.execute(tx);
}
