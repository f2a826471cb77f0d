import { invalidInput, unsupported } from '../errors.ts';
import { divide, sum } from '../decimal.ts';
import type { CostAnswer, CostRequest, CostRow } from '../observations.ts';
import { licenceName } from './prices.ts';
import type { Scope } from './scope.ts';
import { commercialFacts } from './licensing.ts';
import type { SubscribedSku } from '@microsoft/microsoft-graph-types';

/** Places kept when a month's price is spread over its days. */
const PLACES = 10;

interface Charge {
  readonly sku: string;
  /** Seats × price of a month. */
  readonly monthly: string;
  readonly currency: string;
  /** YYYY-MM-DD; empty when not known. */
  readonly since: string;
}

const daysOfMonth = (day: string): number =>
  new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)), 0)).getUTCDate();

function* days(from: string, to: string): Generator<string> {
  for (let at = Date.parse(`${from}T00:00:00Z`); at < Date.parse(`${to}T00:00:00Z`); at += 86_400_000)
    yield new Date(at).toISOString().slice(0, 10);
}

async function charges(scope: Scope): Promise<Charge[]> {
  const terms = await commercialFacts(scope);
  const found: Charge[] = [];
  for await (const page of scope.graph.pages<SubscribedSku>('/subscribedSkus', { signal: scope.signal })) {
    for (const sku of page) {
      const part = sku.skuPartNumber ?? '';
      const own = terms.get(sku.skuId ?? '') ?? [];
      // Every order of a product has its own beginning; without them the seats of today are all we know.
      const orders =
        own.length > 0
          ? own.map((t) => ({
              seats: t.totalLicenses ?? 0,
              since: t.createdDateTime?.slice(0, 10) ?? '',
              trial: t.isTrial === true,
            }))
          : [{ seats: sku.prepaidUnits?.enabled ?? 0, since: '', trial: false }];
      for (const order of orders) {
        const price = order.trial ? undefined : scope.prices.seats(part, order.seats);
        if (price && price.amount !== '0')
          found.push({ sku: part, monthly: price.amount, currency: price.currency, since: order.since });
      }
    }
  }
  return found;
}

/**
 * Cost of licences from seats and seat prices: Microsoft has no cost service for them. A month's price is spread evenly
 * over its days. Past days use the seats of today from the day their order began, so rows are always estimates.
 */
export async function readCosts(scope: Scope, request: CostRequest): Promise<CostAnswer> {
  const isDay = (text: string): boolean =>
    /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
  if (!isDay(request.from) || !isDay(request.to) || request.from >= request.to)
    throw invalidInput([{ field: 'to', message: 'is a day after from' }]);
  for (const group of request.groupBy)
    if (group.by === 'tag') throw unsupported('licences have no tags to group by');
  const all = await charges(scope);
  const rows = new Map<string, { row: Omit<CostRow, 'amount'>; amounts: string[] }>();
  for (const day of days(request.from, request.to)) {
    const next = new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
    const from = request.granularity === 'daily' ? day : `${day.slice(0, 7)}-01`;
    const to = request.granularity === 'daily' ? next : nextMonth(day);
    for (const charge of all) {
      if (charge.since > day) continue;
      const keys = request.groupBy.map(({ by }) => keyOf(by, charge, scope));
      const id = JSON.stringify([from, charge.currency, keys]);
      const entry = rows.get(id) ?? {
        row: { from, to, keys, currency: charge.currency, estimated: true },
        amounts: [],
      };
      entry.amounts.push(divide(charge.monthly, daysOfMonth(day), PLACES));
      rows.set(id, entry);
    }
  }
  return {
    rows: [...rows.values()].map(({ row, amounts }) => ({ ...row, amount: sum(amounts) })),
    detail: 'light',
  };
}

function keyOf(by: string, charge: Charge, scope: Scope): string | null {
  if (by === 'service') return licenceName(charge.sku);
  if (by === 'usage_type') return charge.sku;
  if (by === 'account') return scope.graph.tenantId;
  if (by === 'charge_type') return 'Usage';
  return null;
}

function nextMonth(day: string): string {
  return new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)), 1)).toISOString().slice(0, 10);
}
