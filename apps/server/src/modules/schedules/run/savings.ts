import type { ScheduleSaving } from '@cloudatlas/contracts/schedules';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { TenantTx } from '#platform/db/database.ts';
import { newId } from '#platform/ids/ids.ts';
import type { TargetResource } from '../port.ts';
import type { WorkspaceRef } from '../scope-of.ts';
import type { SchedulesTables } from '../tables.ts';

type Tx = TenantTx<SchedulesTables>;

/** Hours of a month, as the providers' price lists reckon. */
const hoursPerMonth = 730;
const priceScale = 100_000_000;

/** List price per hour with eight decimals; undefined where the price of a month is not known. */
export function hourlyPrice(
  monthly: TargetResource['monthly'],
): { amount: string; currency: string } | undefined {
  if (monthly === null) return undefined;
  const [whole = '0', fraction = ''] = monthly.amount.split('.');
  const scaled = BigInt(whole + fraction.padEnd(8, '0').slice(0, 8));
  const hourly = (scaled + BigInt(hoursPerMonth) / 2n) / BigInt(hoursPerMonth);
  const text = hourly.toString().padStart(9, '0');
  const decimals = String(priceScale).length - 1;
  return { amount: `${text.slice(0, -decimals)}.${text.slice(-decimals)}`, currency: monthly.currency };
}

/** A target that has just ended well. */
export interface Ended {
  resourceId: string;
  scheduleId: string;
  operation: string;
  already: boolean;
  at: Date;
  price: { amount: string; currency: string } | null;
}

/**
 * Begins and ends the time for which schedules keep resources off. What was off already when the schedule came is
 * not its saving; what anybody turns on again ends it.
 */
export async function noteOffTime(tx: Tx, scope: WorkspaceRef, ended: readonly Ended[]): Promise<void> {
  const started = ended.filter(({ operation }) => operation === 'start');
  if (started.length > 0)
    await sql`
      update schedules.off_period as period set to_at = greatest(period.from_at, started.at)
      from unnest(
        ${started.map((each) => each.resourceId)}::uuid[], ${started.map((each) => each.at)}::timestamptz[]
      ) as started (resource_id, at)
      where period.resource_id = started.resource_id and period.to_at is null`.execute(tx);
  const stopped = ended.filter(({ operation, already }) => operation === 'stop' && !already);
  if (stopped.length > 0)
    await tx
      .insertInto('schedules.off_period')
      .values(
        stopped.map((each) => ({
          organization_id: scope.organizationId,
          id: newId(),
          workspace_id: scope.workspaceId,
          schedule_id: each.scheduleId,
          resource_id: each.resourceId,
          from_at: each.at,
          to_at: null,
          hourly_amount: each.price?.amount ?? null,
          currency: each.price?.currency ?? null,
        })),
      )
      .onConflict((conflict) =>
        conflict.columns(['organization_id', 'resource_id']).where('to_at', 'is', null).doNothing(),
      )
      .execute();
}

/** Ends the time of resources that were turned on, or went, without a schedule. */
export async function endOffTime(
  tx: Tx,
  resources: readonly Pick<TargetResource, 'id' | 'state' | 'gone' | 'changedAt'>[],
): Promise<void> {
  const over = resources.filter(
    ({ state, gone }) => gone || state === 'running' || state === 'starting' || state === 'deleting',
  );
  if (over.length === 0) return;
  await sql`
    update schedules.off_period as period set to_at = greatest(period.from_at, seen.at)
    from unnest(
      ${over.map((each) => each.id)}::uuid[], ${over.map((each) => each.changedAt)}::timestamptz[]
    ) as seen (resource_id, at)
    where period.resource_id = seen.resource_id and period.to_at is null
      -- What the inventory saw before the stop says nothing about the time after it.
      and seen.at >= period.from_at`.execute(tx);
}

/** What schedules saved until now, by schedule: hours off × list price per hour, by currency. */
export async function savingsOf(
  tx: Tx,
  scheduleIds: readonly string[],
  now: Date,
): Promise<Map<string, z.output<typeof ScheduleSaving>[]>> {
  if (scheduleIds.length === 0) return new Map();
  const { rows } = await sql<{ schedule_id: string; currency: string; amount: string; hours: number }>`
    select schedule_id, currency, sum(hours * hourly_amount)::numeric(20, 2)::text as amount,
      round(sum(hours), 1)::float8 as hours
    from (
      select schedule_id, currency, hourly_amount,
        extract(epoch from greatest(coalesce(to_at, ${now}::timestamptz) - from_at, interval '0')) / 3600 as hours
      from schedules.off_period
      where schedule_id = any(${[...scheduleIds]}::uuid[]) and currency is not null
    ) as period
    group by schedule_id, currency order by currency`.execute(tx);
  const found = new Map<string, z.output<typeof ScheduleSaving>[]>();
  for (const { schedule_id, ...saving } of rows)
    found.set(schedule_id, [...(found.get(schedule_id) ?? []), { ...saving, basis: 'list_price' }]);
  return found;
}
