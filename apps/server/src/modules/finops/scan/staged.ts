import { hash } from 'node:crypto';
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
  /** JSON text. */
  row: string;
}

/** Findings of an account that are open before a scan. */
export class OpenFindings {
  /** SHA-256 in hex by `<rule> <native id>`; null where the finding must be written again whatever it says. */
  readonly #hashes = new Map<string, string | null>();

  static async load(db: Database<FinopsTables>, key: ScanKey): Promise<OpenFindings> {
    const rows = await db.inTenant(key, (tx) =>
      tx
        .selectFrom('finops.recommendation')
        .select(['rule_id', 'native_id'])
        .select(sql<string | null>`case when kept is null then encode(content_hash, 'hex') end`.as('hash'))
        .where('account_id', '=', key.accountId)
        .where('status', '=', 'open')
        .execute(),
    );
    const open = new OpenFindings();
    for (const row of rows) open.#hashes.set(`${row.rule_id} ${row.native_id}`, row.hash);
    return open;
  }

  has(ruleId: string, nativeId: string): boolean {
    return this.#hashes.has(`${ruleId} ${nativeId}`);
  }

  /** Whether the finding is stored just so. */
  holds(ruleId: string, nativeId: string, contentHash: string): boolean {
    return this.#hashes.get(`${ruleId} ${nativeId}`) === contentHash;
  }
}

const rowsPerStatement = 500;
/** Stands for a finding that is stored already, word for word. */
const sameRow = '{"same": true}';

/** Collects what a scan finds in an account, in a table of its own until all of it becomes visible at once. */
export class Staging {
  readonly #db: Database<FinopsTables>;
  readonly #key: ScanKey;
  readonly #open: OpenFindings;
  #rows: StagedRow[] = [];

  constructor(db: Database<FinopsTables>, key: ScanKey, open: OpenFindings) {
    this.#db = db;
    this.#key = key;
    this.#open = open;
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
    const content = JSON.stringify(rowOf(rule, resource, finding, cost, exchange));
    const contentHash = hash('sha256', content);
    const same = this.#open.holds(rule.id, resource.nativeId, contentHash);
    // Written once, hashed once: what belongs to this scan alone is put in front of the text.
    const head = JSON.stringify({
      id: newId(),
      changed_at: resource.changedAt.toISOString(),
      content_hash: `\\x${contentHash}`,
    });
    this.#rows.push({
      rule_id: rule.id,
      native_id: resource.nativeId,
      resource_id: same ? null : resource.resourceId,
      row: same ? sameRow : `${head.slice(0, -1)},${content.slice(1)}`,
    });
  }

  /** Keeps an earlier finding whose resource could not be examined again. */
  kept(ruleId: string, nativeId: string, { reason, detail }: Skip): void {
    this.#rows.push({
      rule_id: ruleId,
      native_id: nativeId,
      resource_id: null,
      row: JSON.stringify({ reason, detail: detail?.slice(0, 300) ?? null }),
    });
  }

  /** Writes what has gathered. @param least fewer rows than this may wait for more; by default what fills a statement */
  async flush(least = rowsPerStatement): Promise<void> {
    while (this.#rows.length >= least) {
      const part = this.#rows.slice(0, rowsPerStatement);
      this.#rows = this.#rows.slice(rowsPerStatement);
      const { organizationId, scanId, accountId } = this.#key;
      // The rows are JSON already: an array of their texts would be escaped letter by letter.
      const rows = part.map(({ row, ...ids }) => `${JSON.stringify(ids).slice(0, -1)},"row":${row}}`);
      await this.#db.inTenant({ organizationId }, (tx) =>
        sql`
          insert into finops.found (organization_id, scan_id, account_id, rule_id, native_id, resource_id, row)
          select ${organizationId}::uuid, ${scanId}::uuid, ${accountId}::uuid, rule_id, native_id, resource_id, row
          from json_to_recordset(${`[${rows.join(',')}]`}::json)
            as staged (rule_id text, native_id text, resource_id uuid, row jsonb)
          on conflict do nothing`.execute(tx),
      );
    }
  }
}

/** What a finding says, as columns of a recommendation: the same facts give the same text. */
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
    resource_id: resource.resourceId,
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
