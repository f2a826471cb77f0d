import { round, times } from '@cloudatlas/cloud/decimal';
import { sql } from 'kysely';
import type { Database } from '#platform/db/database.ts';
import { newId } from '#platform/ids/ids.ts';
import type { SnapshotResource } from '../facts/snapshot.ts';
import type { ActualCost, Finding, Rule, Skip } from '../rules/rule.ts';
import type { FinopsTables } from '../tables.ts';
import { daysPerMonth, priorityOf, type Exchange } from './money.ts';

/** Whose findings. */
export interface ScanKey {
  organizationId: string;
  workspaceId: string;
  scanId: string;
  accountId: string;
}

interface StagedRow {
  rule_id: string;
  native_id: string;
  resource_id: string | null;
  row: Record<string, unknown>;
}

const rowsPerStatement = 500;

/** Collects what a scan finds in an account, in a table of its own until all of it becomes visible at once. */
export class Staging {
  readonly #db: Database<FinopsTables>;
  readonly #key: ScanKey;
  #rows: StagedRow[] = [];

  constructor(db: Database<FinopsTables>, key: ScanKey) {
    this.#db = db;
    this.#key = key;
  }

  /** Forgets what an attempt before this one left. */
  async clear(): Promise<void> {
    const { organizationId, scanId, accountId } = this.#key;
    await this.#db.inTenant({ organizationId }, (tx) =>
      tx
        .deleteFrom('finops.found')
        .where('scan_id', '=', scanId)
        .where('account_id', '=', accountId)
        .execute(),
    );
  }

  found(
    rule: Rule,
    resource: SnapshotResource,
    finding: Finding,
    cost: ActualCost | undefined,
    exchange: Exchange,
  ): void {
    this.#rows.push({
      rule_id: rule.id,
      native_id: resource.nativeId,
      resource_id: resource.resourceId,
      row: rowOf(rule, resource, finding, cost, exchange),
    });
  }

  /** Keeps an earlier finding whose resource could not be examined again. */
  kept(ruleId: string, nativeId: string, { reason, detail }: Skip): void {
    this.#rows.push({
      rule_id: ruleId,
      native_id: nativeId,
      resource_id: null,
      row: { reason, detail: detail?.slice(0, 300) ?? null },
    });
  }

  /** Writes what has gathered. @param least fewer rows than this may wait for more; by default what fills a statement */
  async flush(least = rowsPerStatement): Promise<void> {
    while (this.#rows.length >= least) {
      const part = this.#rows.slice(0, rowsPerStatement);
      this.#rows = this.#rows.slice(rowsPerStatement);
      const { organizationId, scanId, accountId } = this.#key;
      await this.#db.inTenant({ organizationId }, (tx) =>
        sql`
          insert into finops.found (organization_id, scan_id, account_id, rule_id, native_id, resource_id, row)
          select ${organizationId}, ${scanId}, ${accountId}, staged.*
          from unnest(${part.map((row) => row.rule_id)}::text[], ${part.map((row) => row.native_id)}::text[],
            ${part.map((row) => row.resource_id)}::uuid[], ${part.map((row) => JSON.stringify(row.row))}::jsonb[]) as staged
          on conflict do nothing`.execute(tx),
      );
    }
  }
}

/** Columns of a recommendation, named as in its table, with the time of the resource's last change beside them. */
function rowOf(
  rule: Rule,
  resource: SnapshotResource,
  finding: Finding,
  cost: ActualCost | undefined,
  exchange: Exchange,
): Record<string, unknown> {
  const monthly = finding.monthly === null ? null : round(finding.monthly, 6);
  const converted = monthly === null ? null : exchange.convert(monthly, finding.currency);
  const costMonthly = cost === undefined ? null : round(times(cost.perDay, daysPerMonth), 6);
  const { type, nativeId, id, region, name, state, tags } = resource;
  return {
    id: newId(),
    changed_at: resource.changedAt.toISOString(),
    provider: rule.provider,
    category: rule.category,
    region,
    name,
    resource: { type, nativeId, id, region, name, state, tags },
    priority: priorityOf(converted ?? monthly),
    monthly,
    currency: monthly === null ? null : finding.currency,
    monthly_converted: converted,
    claims: rule.claims ?? 'all',
    cost_monthly: costMonthly,
    cost_currency: cost?.currency ?? null,
    cost_converted:
      cost === undefined || costMonthly === null ? null : exchange.convert(costMonthly, cost.currency),
    confidence: finding.confidence ?? rule.confidence,
    effort: rule.effort,
    restart: rule.restart,
    undo_class: rule.undoClass,
    finding: {
      method: finding.method,
      why: finding.why,
      explanation: finding.explanation,
      current: finding.current,
      recommended: finding.recommended,
      evidence: finding.evidence,
    },
    action: finding.action,
    fingerprint: resource.fingerprint,
    search: `${name} ${id} ${nativeId} ${type} ${rule.title.en} ${rule.title['pt-BR']}`
      .toLowerCase()
      .slice(0, 2000),
  };
}
