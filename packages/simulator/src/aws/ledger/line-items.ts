import type { Account, World } from '../world.ts';
import { billingStore } from './billing.ts';
import type { Charge, RecordType } from './charge.ts';
import { closedUntil, dailyLedger } from './ledger.ts';
import { NANOS } from './money.ts';
import { DAY_MS, factors, HOUR_MS } from './patterns.ts';
import { chargesOf } from './sources/sources.ts';

/** One line of the detailed bill: what one resource cost on one day. */
export interface LineItem {
  readonly charge: Charge;
  readonly recordType: RecordType;
  /** Start of the day, milliseconds. */
  readonly day: number;
  readonly units: number;
  /** Billionths of a dollar. */
  readonly nanos: number;
}

/** Factors per meter and pattern over a month; they are the ones the ledger uses. */
function shapes(start: number, days: number, anchor: number): (charge: Charge) => Float64Array {
  const known = new Map<string, Float64Array>();
  return ({ meter, pattern }) => {
    const name = `${pattern}/${meter.service}/${meter.usageType}`;
    let shape = known.get(name);
    if (!shape) known.set(name, (shape = factors(pattern, name, start, DAY_MS, days, anchor)));
    return shape;
  };
}

/** Tax and credits of a month, which belong to no resource. */
function* fixedItems(world: World, account: Account, start: number, days: number): Iterable<LineItem> {
  const ledger = dailyLedger(world, account);
  const first = Math.round((start - ledger.start) / DAY_MS);
  for (const { line, nanos } of ledger.amounts((l) => l.recordType === 'Tax' || l.recordType === 'Credit')) {
    const charge: Charge = {
      meter: line.meter,
      accountId: account.id,
      region: '',
      resourceId: '',
      tags: line.tags,
      from: 0,
      to: 0,
      perHour: 0,
      pattern: 'flat',
      recordType: line.recordType,
    };
    for (let i = 0; i < days; i++) {
      const amount = nanos[first + i] ?? 0;
      if (amount !== 0)
        yield { charge, recordType: line.recordType, day: start + i * DAY_MS, units: 1, nanos: amount };
    }
  }
}

/**
 * The detailed bill of a month, per resource and day. It adds up to the ledger but for rounding
 * (half a billionth of a dollar per line).
 * @param month any moment of the month
 */
export function* lineItems(world: World, account: Account, month: number): Iterable<LineItem> {
  const date = new Date(month);
  const start = Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
  const days = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  const until = Math.min(closedUntil(account, world.clock.now()), start + days * DAY_MS);
  const billing = account.store(billingStore, 'aws-global');
  const shapeOf = shapes(start, days, billing.anchor);
  for (const charge of chargesOf(world, account, billing)) {
    const from = Math.max(charge.from, start);
    const to = Math.min(charge.to, until);
    if (to <= from) continue;
    const shape = shapeOf(charge);
    for (let i = Math.floor((from - start) / DAY_MS); start + i * DAY_MS < to; i++) {
      const day = start + i * DAY_MS;
      const hours = (Math.min(to, day + DAY_MS) - Math.max(from, day)) / HOUR_MS;
      const units = hours * charge.perHour * (shape[i] ?? 1);
      if (Math.abs(units) < 1e-9) continue;
      yield {
        charge,
        recordType: charge.recordType ?? 'Usage',
        day,
        units,
        nanos: Math.round(units * charge.meter.price * NANOS),
      };
    }
  }
  yield* fixedItems(world, account, start, days);
}
