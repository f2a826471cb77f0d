import type { QueryDefinition, QueryGrouping } from '@azure/arm-costmanagement';
import { decimal, sum } from '../decimal.ts';
import { CloudError, invalidInput } from '../errors.ts';
import type { CostAnswer, CostDimension, CostGroup, CostRequest, CostRow } from '../observations.ts';
import { ownAddress } from '../shared/own-address.ts';
import { normalId } from './scope.ts';
import type { AzureSession } from './session.ts';

/** What a day of the bill is asked by: the region of a resource is asked apart, see {@link readCosts}. */
export const COST_GROUPS: readonly CostDimension[] = ['service', 'region', 'resource'];

const DIMENSIONS: Readonly<Record<string, string>> = {
  service: 'ServiceName',
  region: 'ResourceLocation',
  account: 'SubscriptionId',
  usage_type: 'MeterSubCategory',
  charge_type: 'ChargeType',
  resource_type: 'ResourceType',
  resource: 'ResourceId',
};

/** Pages of about 1,000 rows followed at most: a month of some 6,000 resources; beyond it, an export is the way. */
const MAX_PAGES = 200;

interface QueryPage {
  readonly nextLink?: string | null;
  readonly columns?: readonly { readonly name?: string }[];
  readonly rows?: readonly (readonly unknown[])[];
}

const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
const addDays = (day: string, count: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + count * 86_400_000).toISOString().slice(0, 10);

function grouping(group: CostGroup): QueryGrouping {
  return group.by === 'tag'
    ? { type: 'TagKey', name: group.key }
    : { type: 'Dimension', name: DIMENSIONS[group.by] ?? 'ServiceName' };
}

/** `"key":"value"` of a tag, an empty text for charges without it. */
function keyOf(value: unknown, group: CostGroup): string | null {
  const text = typeof value === 'string' ? value : '';
  if (text === '') return null;
  if (group.by === 'resource') return normalId(text);
  if (group.by !== 'tag') return text;
  const inner = /^"[^"]*":"(.*)"$/.exec(text);
  return inner?.[1] ?? text;
}

/** The days a request asks for, in one definition; without groups of days where `granularity` is absent. */
function definitionOf(request: CostRequest, groups: readonly CostGroup[], daily: boolean): QueryDefinition {
  return {
    type: request.metric === 'amortized' ? 'AmortizedCost' : 'ActualCost',
    timeframe: 'Custom',
    timePeriod: {
      from: new Date(`${request.from}T00:00:00Z`),
      to: new Date(`${addDays(request.to, -1)}T00:00:00Z`),
    },
    dataset: {
      ...(daily ? { granularity: 'Daily' } : {}),
      aggregation: { totalCost: { name: 'Cost', function: 'Sum' } },
      grouping: groups.map(grouping),
    },
  };
}

/** Pages of an answer with the positions of its columns: the service answers rows by position, without names. */
async function* answers(session: AzureSession, definition: QueryDefinition, signal: AbortSignal | undefined) {
  let link: string | undefined;
  for (let page = 0; ; page += 1) {
    const answer = await ask(session, definition, link, signal);
    const columns = (answer.columns ?? []).map((column) => column.name ?? '');
    const date = columns.indexOf('UsageDate');
    yield {
      rows: answer.rows ?? [],
      at: { date, first: date < 0 ? 1 : date + 1, currency: columns.indexOf('Currency') },
    };
    link = answer.nextLink ?? undefined;
    if (link === undefined || link === '') return;
    if (page + 1 >= MAX_PAGES)
      throw new CloudError({ kind: 'truncated', message: 'Cost Management answered with too many pages.' });
  }
}

/** Where resources are billed, by id; null where the bill names more than one region. */
async function regionsOf(session: AzureSession, request: CostRequest): Promise<Map<string, string | null>> {
  const groups = [{ by: 'resource' }, { by: 'region' }] as const;
  const regions = new Map<string, string | null>();
  for await (const { rows, at } of answers(session, definitionOf(request, groups, false), request.signal))
    for (const row of rows) {
      const [id, region = null] = groups.map((group, index) => keyOf(row[at.first + index], group));
      if (!id) continue;
      regions.set(id, regions.has(id) && regions.get(id) !== region ? null : region);
    }
  return regions;
}

/**
 * Asks Cost Management. It takes at most two groups; a third one can only be the region beside the resource, which
 * follows from it and is asked in a question of its own. Pages are asked for by sending the same body to the next
 * address, which the client does not do by itself.
 */
export async function readCosts(session: AzureSession, request: CostRequest): Promise<CostAnswer> {
  if (!isDay(request.from) || !isDay(request.to) || request.from >= request.to)
    throw invalidInput([{ field: 'to', message: 'is a day after from' }]);
  const { groupBy } = request;
  const joined = groupBy.length > 2;
  const direct = joined ? groupBy.filter(({ by }) => by !== 'region') : groupBy;
  const resourceAt = direct.findIndex(({ by }) => by === 'resource');
  if (direct.length > 2 || (joined && resourceAt < 0))
    throw invalidInput([{ field: 'groupBy', message: 'takes at most two, or the region beside a resource' }]);
  const regions = joined ? await regionsOf(session, request) : undefined;
  const rows = new Map<string, CostRow & { amounts: string[] }>();
  for await (const page of answers(session, definitionOf(request, direct, true), request.signal))
    for (const row of page.rows) {
      const { at } = page;
      const day = String(row[at.date]).replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3');
      const from = request.granularity === 'daily' ? day : `${day.slice(0, 7)}-01`;
      const to =
        request.granularity === 'daily'
          ? addDays(day, 1)
          : new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)), 1))
              .toISOString()
              .slice(0, 10);
      const told = direct.map((group, index) => keyOf(row[at.first + index], group));
      const keys = groupBy.map((group) =>
        regions && group.by === 'region'
          ? (regions.get(told[resourceAt] ?? '') ?? null)
          : (told[direct.indexOf(group)] ?? null),
      );
      const currency = String(row[at.currency]);
      const id = JSON.stringify([from, currency, keys]);
      const known = rows.get(id) ?? { from, to, keys, currency, amount: '0', estimated: true, amounts: [] };
      known.amounts.push(decimal(String(row[0])));
      rows.set(id, known);
    }
  return {
    rows: [...rows.values()].map(({ amounts, ...row }) => ({ ...row, amount: sum(amounts) })),
    detail: 'light',
  };
}

async function ask(
  session: AzureSession,
  definition: QueryDefinition,
  link: string | undefined,
  signal: AbortSignal | undefined,
): Promise<QueryPage> {
  const scope = `subscriptions/${session.subscriptionId}`;
  const call = 'Microsoft.CostManagement/query/read';
  if (link === undefined)
    return session.call(
      'costs',
      call,
      (client, options) => client.query.usage(scope, definition, options) as Promise<QueryPage>,
      { signal },
    );
  const place = ownAddress(link, session.endpoint, { call, region: 'global' });
  return session.caller.call(
    { call, region: 'global' },
    async (ends) => {
      const answer = await fetch(place, {
        method: 'POST',
        redirect: 'error',
        headers: { authorization: `Bearer ${await session.token(ends)}`, 'content-type': 'application/json' },
        body: JSON.stringify(definition),
        signal: ends,
      });
      const text = await answer.text();
      if (!answer.ok)
        throw Object.assign(new Error(text.slice(0, 300)), {
          statusCode: answer.status,
          response: {
            status: answer.status,
            bodyAsText: text,
            headers: { get: (name: string) => answer.headers.get(name) ?? undefined },
          },
        });
      return (JSON.parse(text) as { properties?: QueryPage }).properties ?? {};
    },
    { signal },
  );
}
