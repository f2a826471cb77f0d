import type { Account, World } from '../world.ts';
import { billingStore, type BillingStore } from './billing.ts';
import { SERVICE, type Charge, type Meter, type RecordType } from './charge.ts';
import { DAY_MS, factors, HOUR_MS } from './patterns.ts';
import { chargesOf } from './sources/sources.ts';

/** Money is counted in billionths of a dollar, so that sums are exact up to 9 million dollars. */
export const NANOS = 1e9;

/** Months of history Cost Explorer keeps. */
export const HISTORY_MONTHS = 14;

/** Charges that differ in nothing a question can ask for; their sums are what is stored. */
export interface LedgerLine {
  readonly meter: Meter;
  readonly accountId: string;
  readonly region: string;
  readonly zone: string | undefined;
  readonly tags: ReadonlyMap<string, string>;
  readonly recordType: RecordType;
}

/** A line with its amounts per bucket of time. */
export interface LineAmounts {
  readonly line: LedgerLine;
  /** Billionths of a dollar, whole numbers. */
  readonly nanos: Float64Array;
  readonly units: Float64Array;
}

/** Amounts over consecutive buckets. */
export interface Ledger {
  /** Start of the first bucket, milliseconds. */
  readonly start: number;
  readonly bucketMs: number;
  readonly count: number;
  readonly lines: readonly LineAmounts[];
  /** The bill is known up to here. */
  readonly closedUntil: number;
}

interface Group {
  readonly line: LedgerLine;
  readonly pattern: Charge['pattern'];
  readonly charges: Charge[];
}

/** Up to where the bill is known: whole hours, some hours behind. */
export function closedUntil(account: Account, now: number): number {
  const { lagHours } = account.store(billingStore, 'aws-global');
  return Math.floor(now / HOUR_MS) * HOUR_MS - lagHours * HOUR_MS;
}

function costTags(billing: BillingStore, tags: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const kept = new Map<string, string>();
  for (const [key, value] of tags) {
    const active = billing.costTags ? billing.costTags.has(key) : key !== 'Name' && !key.startsWith('aws:');
    if (active) kept.set(key, value);
  }
  return kept;
}

function tagKey(tags: ReadonlyMap<string, string>): string {
  return tags.size === 0 ? '' : JSON.stringify([...tags].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Sorts the charges of an account into lines. */
function groupCharges(world: World, account: Account): Group[] {
  const billing = account.store(billingStore, 'aws-global');
  const groups = new Map<string, Group>();
  for (const charge of chargesOf(world, account, billing)) {
    const { meter } = charge;
    const tags = costTags(billing, charge.tags);
    const recordType = charge.recordType ?? 'Usage';
    const key = [
      charge.region, meter.service, meter.usageType, meter.operation, meter.price, charge.pattern, charge.zone ?? '', recordType,
      meter.databaseEngine ?? '', meter.platform ?? '', tagKey(tags),
    ].join('\u0001');
    const group = groups.get(key);
    if (group) group.charges.push(charge);
    else groups.set(key, { line: { meter, accountId: account.id, region: charge.region, zone: charge.zone, tags, recordType }, pattern: charge.pattern, charges: [charge] });
  }
  return [...groups.values()];
}

/** Adds `perHour × hours` of an interval to buckets: partial ones directly, whole ones by a difference array. */
function addInterval(units: Float64Array, steps: Float64Array, from: number, to: number, perHour: number, start: number, bucketMs: number): void {
  const end = start + units.length * bucketMs;
  const a = Math.max(from, start);
  const b = Math.min(to, end);
  if (b <= a) return;
  const first = Math.floor((a - start) / bucketMs);
  const last = Math.floor((b - start) / bucketMs);
  const hours = (ms: number): number => ms / HOUR_MS;
  if (first === last) {
    units[first] = (units[first] ?? 0) + perHour * hours(b - a);
    return;
  }
  units[first] = (units[first] ?? 0) + perHour * hours(start + (first + 1) * bucketMs - a);
  if (last < units.length) units[last] = (units[last] ?? 0) + perHour * hours(b - start - last * bucketMs);
  if (last > first + 1) {
    const whole = perHour * hours(bucketMs);
    steps[first + 1] = (steps[first + 1] ?? 0) + whole;
    steps[last] = (steps[last] ?? 0) - whole;
  }
}

function amountsOf(group: Group, start: number, bucketMs: number, count: number, until: number, anchor: number): LineAmounts | undefined {
  const units = new Float64Array(count);
  const steps = new Float64Array(count + 1);
  for (const charge of group.charges) {
    addInterval(units, steps, charge.from, Math.min(charge.to, until), charge.perHour, start, bucketMs);
  }
  const { meter } = group.line;
  const shape = factors(group.pattern, `${meter.service}/${meter.usageType}`, start, bucketMs, count, anchor);
  const nanos = new Float64Array(count);
  let level = 0;
  let any = false;
  for (let i = 0; i < count; i++) {
    level += steps[i] ?? 0;
    const amount = ((units[i] ?? 0) + level) * (shape[i] ?? 1);
    // Differences of sums leave rounding dust behind the last charge.
    if (Math.abs(amount) < 1e-9) {
      units[i] = 0;
      continue;
    }
    units[i] = amount;
    nanos[i] = Math.round(amount * meter.price * NANOS);
    any = true;
  }
  return any ? { line: group.line, nanos, units } : undefined;
}

function fixedLine(account: Account, service: string, recordType: RecordType, count: number): LineAmounts {
  const meter: Meter = { service, usageType: recordType === 'Tax' ? '' : 'Credit', operation: '', unit: '', price: 1, productCode: recordType === 'Tax' ? 'AWSTax' : 'AWSCredits' };
  const line: LedgerLine = { meter, accountId: account.id, region: '', zone: undefined, tags: new Map(), recordType };
  return { line, nanos: new Float64Array(count), units: new Float64Array(count) };
}

/** Tax of each month on its first day, over what was used in the month so far. */
function taxLine(account: Account, lines: readonly LineAmounts[], start: number, count: number, rate: number): LineAmounts {
  const tax = fixedLine(account, SERVICE.tax, 'Tax', count);
  let first = 0;
  let sum = 0;
  const close = (): void => {
    tax.nanos[first] = Math.round(sum * rate);
    sum = 0;
  };
  for (let i = 0; i < count; i++) {
    if (new Date(start + i * DAY_MS).getUTCDate() === 1 && i > 0) {
      close();
      first = i;
    }
    for (const line of lines) sum += line.nanos[i] ?? 0;
  }
  close();
  return tax;
}

function creditLines(account: Account, billing: BillingStore, start: number, count: number, until: number): LineAmounts[] {
  return billing.credits.map((credit) => {
    const line = fixedLine(account, credit.service, 'Credit', count);
    for (let i = 0; i < count; i++) {
      const date = new Date(start + i * DAY_MS);
      const day = date.toISOString().slice(0, 10);
      if (day < credit.from || day > credit.to || date.getTime() >= until) continue;
      const days = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
      line.nanos[i] = -Math.round((credit.usdPerMonth * NANOS) / days);
    }
    return line;
  });
}

/** First day of the month some months before a moment. */
export function monthsBefore(now: number, months: number): number {
  const date = new Date(now);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - months, 1);
}

const cache = new WeakMap<Account, Ledger>();

/**
 * The bill of an account per day over the whole history. It is settled once per simulated hour: what happens
 * now shows when the bill has caught up. Cost: one pass over the resources, then lines × days.
 */
export function dailyLedger(world: World, account: Account): Ledger {
  const now = world.clock.now();
  const until = closedUntil(account, now);
  const known = cache.get(account);
  if (known?.closedUntil === until) return known;
  const billing = account.store(billingStore, 'aws-global');
  const start = monthsBefore(now, HISTORY_MONTHS);
  const count = Math.floor((until - start) / DAY_MS) + 1;
  const usage = groupCharges(world, account).flatMap((g) => amountsOf(g, start, DAY_MS, count, until, billing.anchor) ?? []);
  const tax = billing.taxRate > 0 ? [taxLine(account, usage, start, count, billing.taxRate)] : [];
  const lines = [...usage, ...tax, ...creditLines(account, billing, start, count, until)];
  const ledger: Ledger = { start, bucketMs: DAY_MS, count, lines, closedUntil: until };
  cache.set(account, ledger);
  return ledger;
}

/** The bill of an account per hour in a range of whole hours; tax and credits have no hours. */
export function hourlyLedger(world: World, account: Account, from: number, to: number): Ledger {
  const until = closedUntil(account, world.clock.now());
  const { anchor } = account.store(billingStore, 'aws-global');
  const count = Math.max(0, Math.round((to - from) / HOUR_MS));
  const lines = groupCharges(world, account).flatMap((g) => amountsOf(g, from, HOUR_MS, count, until, anchor) ?? []);
  return { start: from, bucketMs: HOUR_MS, count, lines, closedUntil: until };
}

/** The accounts whose costs a caller sees: the management account sees all, others themselves. */
export function visibleAccounts(world: World, account: Account): Account[] {
  const { organization } = world;
  if (organization?.managementId !== account.id) return [account];
  return [...world.accounts.values()].filter((a) => organization.memberIds.has(a.id) || a.id === account.id);
}
