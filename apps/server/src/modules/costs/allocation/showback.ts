import { CostError } from '../lake/errors.ts';
import { fromUnits, toUnits, type Units } from '../lake/money.ts';
import { splitExactly } from './split.ts';

/** Cost of one combination of attributes in one currency, as a grouped question gives it. */
export interface CostItem {
  currency: string;
  amount: string;
  /** Values by dimension name (`service`, `account`, `tag:team`, …); null or absent: no value. */
  attributes: Readonly<Record<string, string | null>>;
}

/** A condition on one dimension. */
export interface Match {
  dimension: string;
  /** Any of these values (compared as they are), or null for "no value". */
  values: readonly (string | null)[];
}

/** Gives cost without the tag to an owner. All conditions must hold; the first rule that fits wins. */
export interface AssignRule {
  match: readonly Match[];
  owner: string;
}

/** Spreads cost that serves several owners. Applied before assignment; the first that fits wins. */
export interface SharedRule {
  match: readonly Match[];
  /** `even`: same part each. `proportional`: by the owners' own cost. `fixed`: by the given weights. */
  method: 'even' | 'proportional' | 'fixed';
  /** Who takes part; empty: every owner with cost of its own. For `fixed`, the owners of `weights`. */
  owners?: readonly string[];
  /** Decimal weights by owner, for `fixed`; they need not add up to 100. */
  weights?: Readonly<Record<string, string>>;
}

export interface ShowbackRules {
  /** Dimension that names the owner, as a rule `tag:<key>`. */
  by: string;
  assign: readonly AssignRule[];
  shared: readonly SharedRule[];
}

export interface OwnerCost {
  /** Null: cost that no tag and no rule gave to anybody. */
  owner: string | null;
  currency: string;
  /** By the tag itself. */
  direct: string;
  /** By a rule for untagged cost. */
  assigned: string;
  /** Part of shared cost. */
  shared: string;
  total: string;
}

interface Account {
  direct: Units;
  assigned: Units;
  shared: Units;
}

/**
 * Showback: who caused which cost. Per currency the owners' totals, with the unallocated one, equal
 * the sum of the items to the last digit: every item goes to exactly one place, and shared cost is
 * split by largest remainder. Errors: CostError `bad-input` for a fixed split without usable weights.
 */
export function showback(items: readonly CostItem[], rules: ShowbackRules): OwnerCost[] {
  for (const rule of rules.shared) checkRule(rule);
  const result: OwnerCost[] = [];
  const byCurrency = Map.groupBy(items, (item) => item.currency);
  for (const [currency, list] of [...byCurrency].toSorted(([a], [b]) => a.localeCompare(b))) {
    const accounts = new Map<string | null, Account>();
    const pools = new Map<SharedRule, Units>();
    for (const item of list) {
      const amount = toUnits(item.amount);
      const shared = rules.shared.find((rule) => fits(rule.match, item));
      if (shared) {
        pools.set(shared, (pools.get(shared) ?? 0n) + amount);
        continue;
      }
      const tag = item.attributes[rules.by] ?? null;
      if (tag !== null) account(accounts, tag).direct += amount;
      else
        account(accounts, rules.assign.find((rule) => fits(rule.match, item))?.owner ?? null).assigned +=
          amount;
    }
    // Own cost before any sharing, so that the order of shared rules does not matter.
    const own = new Map([...accounts].map(([owner, a]) => [owner, a.direct + a.assigned]));
    for (const [rule, pool] of pools) distribute(rule, pool, own, accounts);
    for (const [owner, a] of [...accounts].toSorted(([x], [y]) =>
      x === null ? 1 : y === null ? -1 : x.localeCompare(y),
    ))
      result.push({
        owner,
        currency,
        direct: fromUnits(a.direct),
        assigned: fromUnits(a.assigned),
        shared: fromUnits(a.shared),
        total: fromUnits(a.direct + a.assigned + a.shared),
      });
  }
  return result;
}

function distribute(
  rule: SharedRule,
  pool: Units,
  own: ReadonlyMap<string | null, Units>,
  accounts: Map<string | null, Account>,
): void {
  const named = rule.method === 'fixed' ? Object.keys(rule.weights ?? {}) : (rule.owners ?? []);
  const owners =
    named.length > 0 ? [...new Set(named)] : [...own.keys()].filter((o): o is string => o !== null);
  if (owners.length === 0) {
    account(accounts, null).shared += pool;
    return;
  }
  const sorted = owners.toSorted((a, b) => a.localeCompare(b));
  const weights = sorted.map((owner) => {
    if (rule.method === 'fixed') return rule.weights?.[owner] ?? '0';
    if (rule.method === 'even') return '1';
    // An owner with credits beyond its cost takes no part.
    const cost = own.get(owner) ?? 0n;
    return fromUnits(cost > 0n ? cost : 0n);
  });
  const parts = splitExactly(fromUnits(pool), weights);
  for (const [i, owner] of sorted.entries()) account(accounts, owner).shared += toUnits(parts[i] ?? '0');
}

function checkRule(rule: SharedRule): void {
  if (rule.method !== 'fixed') return;
  const weights = Object.values(rule.weights ?? {});
  const usable =
    weights.length > 0 &&
    weights.every((w) => /^\d+(\.\d+)?$/.test(w)) &&
    weights.some((w) => toUnits(w) > 0n);
  if (!usable)
    throw new CostError('bad-input', 'a fixed split needs weights of zero or more, one of them above zero', {
      reason: 'weights',
    });
}

function fits(match: readonly Match[], item: CostItem): boolean {
  return match.every((m) => m.values.includes(item.attributes[m.dimension] ?? null));
}

function account(accounts: Map<string | null, Account>, owner: string | null): Account {
  const found = accounts.get(owner) ?? { direct: 0n, assigned: 0n, shared: 0n };
  accounts.set(owner, found);
  return found;
}
