import { divide } from '@cloudatlas/cloud/decimal';
import type { CostsService, ResourceCost } from '#modules/costs/index.ts';
import type { ActualCost, BillDetail } from '../rules/rule.ts';
import type { WorkspaceRef } from '../scope-of.ts';
import type { AccountSnapshot } from './snapshot.ts';

/** Days of the bill that a mean day is made of. */
const lookbackDays = 30;
/** A bill that ends longer ago says nothing about what a resource costs now. */
const staleAfterDays = 45;
const dayMs = 86_400_000;
/** Digits behind the point of a mean day. */
const places = 10;

/**
 * What each resource of a snapshot costs by the bill: the mean over its days with charges in the last 30 complete ones.
 * Charges of resources that the inventory does not know are left out.
 * @param completeThrough last complete day of the workspace's bills; null without one
 * @param ignoreCase whether ids of the bill and the inventory may differ in casing
 * @returns costs by our id of the resource, and what kind of bill they are from
 */
export async function loadActualCosts(
  costs: CostsService,
  scope: WorkspaceRef,
  billedAccountId: string,
  snapshot: AccountSnapshot,
  completeThrough: string | null,
  now: Date,
  signal: AbortSignal,
  ignoreCase: boolean,
): Promise<{ readonly costs: ReadonlyMap<string, ActualCost>; readonly bill: BillDetail }> {
  if (completeThrough === null) return { costs: new Map(), bill: 'none' };
  const end = Date.parse(completeThrough) + dayMs;
  if (now.getTime() - end > staleAfterDays * dayMs) return { costs: new Map(), bill: 'none' };
  const day = (at: number): string => new Date(at).toISOString().slice(0, 10);
  const rows = await costs.resourceCosts(
    scope,
    { from: day(end - lookbackDays * dayMs), to: day(end), accountIds: [billedAccountId] },
    signal,
  );
  const found = new Map<string, { row: ResourceCost; exact: boolean }>();
  for (const row of rows) {
    const resource = snapshot.byBilledId(row.resourceId, ignoreCase);
    if (resource === undefined) continue;
    const exact = resource.id !== row.resourceId;
    const before = found.get(resource.resourceId);
    // Rows come largest first: of two currencies or spellings the larger, and the full id's, stands.
    if (before === undefined || (exact && !before.exact)) found.set(resource.resourceId, { row, exact });
  }
  const byResource = new Map(
    [...found].map(([id, { row }]) => [
      id,
      { perDay: divide(row.effective, row.days, places), currency: row.currency, days: row.days },
    ]),
  );
  return { costs: byResource, bill: rows.length === 0 ? 'sums' : 'resources' };
}
