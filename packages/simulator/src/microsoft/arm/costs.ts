import { ApiError, type JsonAnswer, type JsonRequest } from '../http.ts';
import { unit, noiseSeed } from '../../aws/metrics/profiles.ts';
import { hourlyCharge } from './prices.ts';
import type { ArmResource, Json, Subscription } from './subscription.ts';

const DAY = 86_400_000;
const UNITS = 1e9;
/** Rows of one answer. */
const PAGE = 1000;

/** What one resource cost on one day. */
export interface Charge {
  readonly day: number;
  readonly resource: ArmResource;
  readonly service: string;
  readonly meter: string;
  readonly usd: number;
}

/** Share of a day in which a resource existed and was not deallocated. */
function shareOf(resource: ArmResource, day: number, now: number): number {
  const from = Math.max(day, resource.createdAt);
  const to = Math.min(day + DAY, resource.deletedAt ?? now, now);
  if (to <= from) return 0;
  const idle = resource.idleSpans.reduce(
    (sum, span) => sum + Math.max(0, Math.min(to, span.to ?? to) - Math.max(from, span.from)),
    0,
  );
  return Math.max(0, to - from - idle) / DAY;
}

/** Every charge of whole UTC days in a span; the same answer whenever it is asked. */
export function* chargesOf(
  subscription: Subscription,
  from: number,
  to: number,
  now: number,
): Generator<Charge> {
  const all = [...subscription.resources.values(), ...subscription.past];
  const hourly = all.flatMap((resource) => {
    const price = hourlyCharge(resource);
    return price ? [{ resource, price, seed: noiseSeed('azure', resource.id.toLowerCase()) }] : [];
  });
  for (let day = from; day < to; day += DAY) {
    for (const { resource, price, seed } of hourly) {
      const share = shareOf(resource, day, now);
      if (share <= 0) continue;
      // Storage is used up and down a little; machines cost by the clock.
      const wobble = price.service === 'Storage' ? 0.98 + unit(seed, day / DAY) * 0.04 : 1;
      yield {
        day,
        resource,
        service: price.service,
        meter: price.meter,
        usd: price.usd * 24 * share * wobble,
      };
    }
  }
}

const DIMENSIONS: Readonly<Record<string, (charge: Charge) => string>> = {
  ServiceName: (c) => c.service,
  MeterSubCategory: (c) => c.meter,
  Meter: (c) => c.meter,
  ResourceId: (c) => c.resource.id.toLowerCase(),
  ResourceLocation: (c) => c.resource.location,
  ResourceGroup: (c) => (c.resource.id.split('/')[4] ?? '').toLowerCase(),
  ResourceGroupName: (c) => (c.resource.id.split('/')[4] ?? '').toLowerCase(),
  ResourceType: (c) => c.resource.type.toLowerCase(),
  SubscriptionId: (c) => c.resource.id.split('/')[2] ?? '',
  ChargeType: () => 'Usage',
};

const bad = (message: string): ApiError => new ApiError(400, 'BadRequest', message);

/** `YYYY-MM-DD…` as the start of that UTC day. */
function dayOf(text: unknown): number {
  const at = Date.parse(`${String(text).slice(0, 10)}T00:00:00Z`);
  if (Number.isNaN(at)) throw bad('Invalid query definition: Invalid time period.');
  return at;
}

function periodOf(body: Json, now: number): { from: number; to: number } {
  const period = body['timePeriod'] as { from?: string; to?: string } | undefined;
  const today = Math.floor(now / DAY) * DAY;
  const month = Date.UTC(new Date(now).getUTCFullYear(), new Date(now).getUTCMonth(), 1);
  switch (body['timeframe']) {
    case 'Custom': {
      const from = dayOf(period?.from);
      const to = dayOf(period?.to) + DAY;
      if (to <= from) throw bad('Invalid query definition: the start date must be before the end date.');
      return { from, to: Math.min(to, today + DAY) };
    }
    case 'MonthToDate':
    case 'BillingMonthToDate':
      return { from: month, to: today + DAY };
    case 'TheLastMonth':
    case 'TheLastBillingMonth':
      return {
        from: Date.UTC(new Date(month - DAY).getUTCFullYear(), new Date(month - DAY).getUTCMonth(), 1),
        to: month,
      };
    default:
      throw bad(`Invalid query definition: Invalid timeframe '${String(body['timeframe'])}'.`);
  }
}

/** `POST {scope}/providers/Microsoft.CostManagement/query`. Pages are asked for with the same body. */
export function queryCosts(
  request: JsonRequest,
  subscription: Subscription,
  scope: string,
  now: number,
  pageSize = PAGE,
): JsonAnswer {
  const body = (request.body ?? {}) as Json;
  const dataset = (body['dataset'] ?? {}) as Json;
  const aggregation = (dataset['aggregation'] ?? {}) as Record<string, { name?: string; function?: string }>;
  const [alias, wanted] = Object.entries(aggregation)[0] ?? [];
  if (alias === undefined || !['Cost', 'PreTaxCost', 'CostUSD', 'PreTaxCostUSD'].includes(wanted?.name ?? ''))
    throw bad('Invalid query definition: Invalid dataset aggregation.');
  if (!['Usage', 'ActualCost', 'AmortizedCost'].includes(String(body['type'])))
    throw bad(`Invalid query definition: Invalid type '${String(body['type'])}'.`);
  const grouping = (dataset['grouping'] ?? []) as { type?: string; name?: string }[];
  if (grouping.length > 2)
    throw bad('Invalid query definition: Dataset grouping should not have more than 2 entries.');
  const granularity = typeof dataset['granularity'] === 'string' ? dataset['granularity'] : 'None';
  const { from, to } = periodOf(body, now);
  const keys = grouping.map(({ type, name = '' }) => {
    if (type === 'TagKey' || type === 'Tag')
      return (c: Charge) => (name in c.resource.tags ? `"${name}":"${c.resource.tags[name]}"` : '');
    const dimension = Object.hasOwn(DIMENSIONS, name) ? DIMENSIONS[name] : undefined;
    if (!dimension) throw bad(`Invalid query definition: Invalid dataset grouping: '${name}'.`);
    return dimension;
  });
  const group =
    scope.split('/')[3]?.toLowerCase() === 'resourcegroups' ? scope.split('/')[4]?.toLowerCase() : undefined;
  const sums = new Map<string, { units: number; time: number | undefined; values: string[] }>();
  for (const charge of chargesOf(subscription, from, to, now)) {
    if (group !== undefined && charge.resource.id.split('/')[4]?.toLowerCase() !== group) continue;
    const time =
      granularity === 'Daily'
        ? Number(new Date(charge.day).toISOString().slice(0, 10).replaceAll('-', ''))
        : granularity === 'Monthly'
          ? charge.day - (charge.day % DAY)
          : undefined;
    const values = keys.map((key) => key(charge));
    const id = JSON.stringify([
      granularity === 'Monthly' ? new Date(charge.day).toISOString().slice(0, 7) : time,
      values,
    ]);
    const sum = sums.get(id) ?? { units: 0, time, values };
    // Whole units of 10⁻⁹, so that any grouping adds up to the same.
    sum.units += Math.round(charge.usd * UNITS);
    sums.set(id, sum);
  }
  const timeColumn =
    granularity === 'Daily'
      ? [{ name: 'UsageDate', type: 'Number' }]
      : granularity === 'Monthly'
        ? [{ name: 'BillingMonth', type: 'Datetime' }]
        : [];
  const rows = [...sums.values()].map(({ units, time, values }) => [
    units / UNITS,
    ...(granularity === 'Daily'
      ? [time]
      : granularity === 'Monthly'
        ? [`${new Date(Number(time)).toISOString().slice(0, 7)}-01T00:00:00`]
        : []),
    ...values,
    'USD',
  ]);
  const size = Math.min(PAGE, pageSize);
  const at = Number(request.query.get('$skiptoken') ?? 0) || 0;
  const next = new URLSearchParams(request.query);
  next.set('$skiptoken', String(at + size));
  return {
    status: 200,
    headers: { 'x-ms-ratelimit-remaining-microsoft.costmanagement-entity-requests': '3' },
    body: {
      id: `subscriptions/${subscription.id}/providers/Microsoft.CostManagement/query/${crypto.randomUUID()}`,
      name: crypto.randomUUID(),
      type: 'Microsoft.CostManagement/query',
      location: null,
      sku: null,
      eTag: null,
      properties: {
        nextLink: at + size < rows.length ? `${request.origin}${request.path}?${next.toString()}` : null,
        columns: [
          { name: wanted?.name ?? alias, type: 'Number' },
          ...timeColumn,
          ...grouping.map(({ type, name = '' }) => ({
            name: type === 'TagKey' ? name : name,
            type: 'String',
          })),
          { name: 'Currency', type: 'String' },
        ],
        rows: rows.slice(at, at + size),
      },
    },
  };
}
