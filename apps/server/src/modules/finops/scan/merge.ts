import { sum } from '@cloudatlas/cloud/decimal';
import { sql } from 'kysely';
import type { TenantTx } from '#platform/db/database.ts';
import type { FindingsMoved } from '../events.ts';
import { countMoney } from '../recommendations/counted.ts';
import type { FinopsTables } from '../tables.ts';
import type { ScanKey } from './staged.ts';
import type { TallyRow } from './tally.ts';

type Tx = TenantTx<FinopsTables>;

/** A dismissed finding opens again when it saves so many times as much as then. */
const grownTimes = 1.5;
const maxNamed = 50;
/** That a finding is still there, and the same, is written at most this often. */
const seenEveryMs = 6 * 3_600_000;

interface Moved {
  id: string;
  rule_id: string;
  native_id: string;
  name: string;
  monthly_converted: string | null;
}

export interface Merged {
  opened: Moved[];
  reopened: Moved[];
  expired: Moved[];
}

/**
 * Makes what a scan staged for an account its recommendations, all in the caller's transaction:
 * - new ones open; open ones get today's figures where they differ; expired ones open again;
 * - dismissed ones stay so until their day comes or the saving has grown by half;
 * - applied ones stay so, unless the resource has changed since and is wasted again;
 * - what an action holds, and what a person must look at, is left alone;
 * - open ones that were neither found nor kept expire.
 */
export async function mergeFindings(tx: Tx, key: ScanKey, now: Date): Promise<Merged> {
  const { scanId, accountId } = key;
  const seenBefore = new Date(now.getTime() - seenEveryMs);
  // Nothing is known of how many rows a scan has just staged: loops over them, which the planner takes for few, would
  // make the time grow with the square of the findings.
  await sql`set local enable_nestloop = off`.execute(tx);
  const known = await sql<Moved & { before: string; status: string }>`
    update finops.recommendation as known set
      status = case
        when known.status = 'expired' then 'open'
        when known.status = 'dismissed' and (known.dismissed_until <= ${now}
          or found.monthly_converted > ${grownTimes} * (known.dismissal ->> 'monthly')::numeric) then 'open'
        when known.status = 'applied' and found.changed_at > known.applied_at then 'open'
        else known.status end,
      resource_id = found.resource_id, category = found.category, region = found.region, name = found.name,
      resource = found.resource, priority = found.priority, monthly = found.monthly, currency = found.currency,
      monthly_converted = found.monthly_converted, claims = found.claims, cost_monthly = found.cost_monthly,
      cost_currency = found.cost_currency, cost_converted = found.cost_converted, confidence = found.confidence,
      effort = found.effort, restart = found.restart, undo_class = found.undo_class, finding = found.finding,
      action = found.action, fingerprint = found.fingerprint, search = found.search,
      content_hash = found.content_hash, kept = null,
      last_seen_at = ${now}
    from (
      select before.id as known_id, before.status as before, (staged.row ->> 'changed_at')::timestamptz as changed_at,
        columns.*
      from finops.found as staged
        join finops.recommendation as before
          on before.organization_id = staged.organization_id and before.account_id = staged.account_id
            and before.rule_id = staged.rule_id and before.native_id = staged.native_id
        cross join lateral jsonb_populate_record(null::finops.recommendation, staged.row) as columns
      where staged.scan_id = ${scanId} and staged.account_id = ${accountId} and staged.resource_id is not null
        and (before.status in ('open', 'expired', 'dismissed')
          or before.status = 'applied' and (staged.row ->> 'changed_at')::timestamptz > before.applied_at)
      for update of before
    ) as found
    where known.account_id = ${accountId} and known.id = found.known_id
    returning known.id, known.rule_id, known.native_id, known.name, known.monthly_converted, found.before, known.status`.execute(
    tx,
  );
  const reopened = known.rows.filter((row) => row.before !== 'open' && row.status === 'open');
  if (reopened.length > 0)
    await tx
      .updateTable('finops.recommendation')
      .set({ dismissal: null, dismissed_until: null, applied_at: null })
      .where(sql<boolean>`id = any(${reopened.map(({ id }) => id)}::uuid[])`)
      .execute();
  const opened = await sql<Moved>`
    insert into finops.recommendation (
      organization_id, id, workspace_id, account_id, rule_id, resource_id, native_id, provider, category, region, name,
      resource, status, priority, monthly, currency, monthly_converted, counted_monthly, claims, cost_monthly,
      cost_currency, cost_converted, confidence, effort, restart, undo_class, finding, action, fingerprint,
      first_seen_at, last_seen_at, search, content_hash)
    select staged.organization_id, columns.id, ${key.workspaceId}, staged.account_id, staged.rule_id,
      staged.resource_id, staged.native_id, columns.provider, columns.category, columns.region, columns.name,
      columns.resource, 'open', columns.priority, columns.monthly, columns.currency, columns.monthly_converted, 0,
      columns.claims, columns.cost_monthly, columns.cost_currency, columns.cost_converted, columns.confidence,
      columns.effort, columns.restart, columns.undo_class, columns.finding,
      columns.action, columns.fingerprint, ${now}, ${now}, columns.search,
      columns.content_hash
    from finops.found as staged
      cross join lateral jsonb_populate_record(null::finops.recommendation, staged.row) as columns
    where staged.scan_id = ${scanId} and staged.account_id = ${accountId} and staged.resource_id is not null
      and not exists (
        select from finops.recommendation as known
        where known.account_id = ${accountId} and known.rule_id = staged.rule_id
          and known.native_id = staged.native_id)
    on conflict on constraint recommendation_once do nothing
    returning id, rule_id, native_id, name, monthly_converted`.execute(tx);
  await sql`
    update finops.recommendation as known set
      kept = case when staged.row ->> 'same' is null then staged.row end,
      last_seen_at = case when staged.row ->> 'same' is null then known.last_seen_at else ${now} end
    from finops.found as staged
    where staged.scan_id = ${scanId} and staged.account_id = ${accountId} and staged.resource_id is null
      and known.account_id = ${accountId} and known.rule_id = staged.rule_id
      and known.native_id = staged.native_id and known.status = 'open'
      and (staged.row ->> 'same' is null and known.kept is distinct from staged.row
        or staged.row ->> 'same' is not null and known.last_seen_at < ${seenBefore})`.execute(tx);
  const expired = await sql<Moved>`
    update finops.recommendation as known set status = 'expired'
    where known.account_id = ${accountId} and known.status = 'open'
      and not exists (
        select from finops.found as staged
        where staged.scan_id = ${scanId} and staged.account_id = ${accountId} and staged.rule_id = known.rule_id
          and staged.native_id = known.native_id)
    returning id, rule_id, native_id, name, monthly_converted`.execute(tx);
  await countMoney(tx, { accountId });
  await tx
    .deleteFrom('finops.found')
    .where('scan_id', '=', scanId)
    .where('account_id', '=', accountId)
    .execute();
  await sql`set local enable_nestloop = on`.execute(tx);
  return { opened: opened.rows, reopened, expired: expired.rows };
}

/** Replaces an account's answers to "why is there nothing?". */
export async function replaceDiagnostics(tx: Tx, key: ScanKey, rows: readonly TallyRow[]): Promise<void> {
  await tx.deleteFrom('finops.diagnostic').where('account_id', '=', key.accountId).execute();
  if (rows.length === 0) return;
  const values = rows.map((row) => ({
    ...row,
    organization_id: key.organizationId,
    workspace_id: key.workspaceId,
    account_id: key.accountId,
  }));
  await sql`
    insert into finops.diagnostic
    select * from jsonb_populate_recordset(null::finops.diagnostic, ${JSON.stringify(values)}::jsonb)`.execute(
    tx,
  );
}

/** What an event tells of findings that moved; null when none did. */
export function movedOf(key: ScanKey, moved: readonly Moved[], currency: string): FindingsMoved | null {
  if (moved.length === 0) return null;
  const largest = moved
    .toSorted((a, b) => Number(b.monthly_converted ?? 0) - Number(a.monthly_converted ?? 0))
    .slice(0, maxNamed);
  return {
    scanId: key.scanId,
    workspaceId: key.workspaceId,
    accountId: key.accountId,
    count: moved.length,
    monthly: sum(moved.map((row) => row.monthly_converted ?? '0')),
    currency,
    items: largest.map((row) => ({
      recommendationId: row.id,
      ruleId: row.rule_id,
      nativeId: row.native_id,
      name: row.name,
      monthly: row.monthly_converted,
    })),
  };
}
