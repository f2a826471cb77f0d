import type { Account, World } from '../world.ts';
import { billingStore, type BillingStore } from './billing.ts';
import { SERVICE, type Charge, type Meter, type RecordType } from './charge.ts';
import { NANOS } from './money.ts';
import { DAY_MS, factors, HOUR_MS } from './patterns.ts';
import { chargesOf } from './sources/sources.ts';

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

/** A line with its amounts per bucket of time. The arrays are reused: they hold only until the next line. */
export interface LineAmounts {
  readonly line: LedgerLine;
  /** Billionths of a dollar, whole numbers. */
  readonly nanos: Float64Array;
  readonly units: Float64Array;
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
  let seen: ReadonlyMap<string, string> | undefined;
  let tags: ReadonlyMap<string, string> = new Map();
  let tagText = '';
  for (const charge of chargesOf(world, account, billing)) {
    const { meter } = charge;
    // Charges of one resource come in a row and share their tags.
    if (charge.tags !== seen) {
      seen = charge.tags;
      tags = costTags(billing, charge.tags);
      tagText = tagKey(tags);
    }
    const recordType = charge.recordType ?? 'Usage';
    const key = [
      charge.region,
      meter.service,
      meter.usageType,
      meter.operation,
      meter.price,
      charge.pattern,
      charge.zone ?? '',
      recordType,
      meter.databaseEngine ?? '',
      meter.platform ?? '',
      tagText,
    ].join('\u0001');
    const group = groups.get(key);
    if (group) group.charges.push(charge);
    else
      groups.set(key, {
        line: { meter, accountId: account.id, region: charge.region, zone: charge.zone, tags, recordType },
        pattern: charge.pattern,
        charges: [charge],
      });
  }
  return [...groups.values()];
}

/** Adds `perHour × hours` of an interval to buckets: partial ones directly, whole ones by a difference array. */
function addInterval(
  units: Float64Array,
  steps: Float64Array,
  from: number,
  to: number,
  perHour: number,
  start: number,
  bucketMs: number,
): void {
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

/** The bill of an account over consecutive buckets; amounts are computed when they are asked for. */
export class Ledger {
  /** Start of the first bucket, milliseconds. */
  readonly start: number;
  readonly bucketMs: number;
  readonly count: number;
  /** The bill is known up to here, milliseconds. */
  readonly closedUntil: number;
  readonly #groups: readonly Group[];
  readonly #anchor: number;
  readonly #factors = new Map<string, Float64Array>();
  #fixed: readonly LineAmounts[] = [];

  constructor(
    groups: readonly Group[],
    place: {
      readonly start: number;
      readonly bucketMs: number;
      readonly count: number;
      readonly closedUntil: number;
      readonly anchor: number;
    },
  ) {
    this.#groups = groups;
    this.start = place.start;
    this.bucketMs = place.bucketMs;
    this.count = place.count;
    this.closedUntil = place.closedUntil;
    this.#anchor = place.anchor;
  }

  /** Adds lines that follow from no charge: tax and credits. */
  addFixed(lines: readonly LineAmounts[]): void {
    this.#fixed = [...this.#fixed, ...lines];
  }

  /** The lines that pass a test, with amounts in those buckets in which something was charged. */
  *amounts(test: (line: LedgerLine) => boolean): Iterable<LineAmounts> {
    const nanos = new Float64Array(this.count);
    const units = new Float64Array(this.count);
    const steps = new Float64Array(this.count + 1);
    for (const group of this.#groups) {
      if (!test(group.line)) continue;
      nanos.fill(0);
      units.fill(0);
      steps.fill(0);
      if (this.#fill(group, nanos, units, steps)) yield { line: group.line, nanos, units };
    }
    for (const fixed of this.#fixed) if (test(fixed.line)) yield fixed;
  }

  #fill(group: Group, nanos: Float64Array, units: Float64Array, steps: Float64Array): boolean {
    for (const charge of group.charges) {
      addInterval(
        units,
        steps,
        charge.from,
        Math.min(charge.to, this.closedUntil),
        charge.perHour,
        this.start,
        this.bucketMs,
      );
    }
    const { meter } = group.line;
    const shape = this.#shapeOf(group);
    const price = meter.price * NANOS;
    let level = 0;
    let any = false;
    for (let i = 0; i < this.count; i++) {
      level += steps[i] as number;
      const amount = ((units[i] as number) + level) * (shape[i] as number);
      // Differences of sums leave rounding dust behind the last charge.
      if (Math.abs(amount) < 1e-9) {
        units[i] = 0;
        continue;
      }
      units[i] = amount;
      nanos[i] = Math.round(amount * price);
      any = true;
    }
    return any;
  }

  #shapeOf({ line: { meter }, pattern }: Group): Float64Array {
    const name = `${pattern}/${meter.service}/${meter.usageType}`;
    let shape = this.#factors.get(name);
    if (!shape)
      this.#factors.set(
        name,
        (shape = factors(pattern, name, this.start, this.bucketMs, this.count, this.#anchor)),
      );
    return shape;
  }
}

function fixedLine(account: Account, service: string, recordType: RecordType, count: number): LineAmounts {
  const meter: Meter = {
    service,
    usageType: recordType === 'Tax' ? '' : 'Credit',
    operation: '',
    unit: '',
    price: 1,
    productCode: recordType === 'Tax' ? 'AWSTax' : 'AWSCredits',
  };
  const line: LedgerLine = {
    meter,
    accountId: account.id,
    region: '',
    zone: undefined,
    tags: new Map(),
    recordType,
  };
  return { line, nanos: new Float64Array(count), units: new Float64Array(count) };
}

/** Tax of each month on its first day, over what was used in the month so far. */
function taxLine(account: Account, ledger: Ledger, rate: number): LineAmounts {
  const { start, count } = ledger;
  const tax = fixedLine(account, SERVICE.tax, 'Tax', count);
  const daily = new Float64Array(count);
  for (const { nanos } of ledger.amounts(() => true))
    for (let i = 0; i < count; i++) daily[i] = (daily[i] ?? 0) + (nanos[i] ?? 0);
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
    sum += daily[i] ?? 0;
  }
  close();
  return tax;
}

function creditLines(
  account: Account,
  billing: BillingStore,
  start: number,
  count: number,
  until: number,
): LineAmounts[] {
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
  const ledger = new Ledger(groupCharges(world, account), {
    start,
    bucketMs: DAY_MS,
    count,
    closedUntil: until,
    anchor: billing.anchor,
  });
  if (billing.taxRate > 0) ledger.addFixed([taxLine(account, ledger, billing.taxRate)]);
  ledger.addFixed(creditLines(account, billing, start, count, until));
  cache.set(account, ledger);
  return ledger;
}

/** The bill of an account per hour in a range of whole hours; tax and credits have no hours. */
export function hourlyLedger(world: World, account: Account, from: number, to: number): Ledger {
  const until = closedUntil(account, world.clock.now());
  const { anchor } = account.store(billingStore, 'aws-global');
  const count = Math.max(0, Math.round((to - from) / HOUR_MS));
  return new Ledger(groupCharges(world, account), {
    start: from,
    bucketMs: HOUR_MS,
    count,
    closedUntil: until,
    anchor,
  });
}

/** The accounts whose costs a caller sees: the management account sees all, others themselves. */
export function visibleAccounts(world: World, account: Account): Account[] {
  const { organization } = world;
  if (organization?.managementId !== account.id) return [account];
  return [...world.accounts.values()].filter((a) => organization.memberIds.has(a.id) || a.id === account.id);
}
