import type { QueryDefinition, QueryGrouping } from '@azure/arm-costmanagement';
import { decimal, sum } from '../decimal.ts';
import { CloudError, invalidInput } from '../errors.ts';
import type { CostAnswer, CostGroup, CostRequest, CostRow } from '../observations.ts';
import type { AzureSession } from './session.ts';

const DIMENSIONS: Readonly<Record<string, string>> = {
  service: 'ServiceName',
  region: 'ResourceLocation',
  account: 'SubscriptionId',
  usage_type: 'MeterSubCategory',
  charge_type: 'ChargeType',
  resource_type: 'ResourceType',
};

/** Pages followed at most: some ten thousand rows each are far more than a month has groups. */
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
  if (group.by !== 'tag') return text;
  const inner = /^"[^"]*":"(.*)"$/.exec(text);
  return inner?.[1] ?? text;
}

/**
 * Asks Cost Management. The service takes at most two groups and answers rows by position, without names; its pages are
 * asked for by sending the same body to the next address, which the client does not do by itself.
 */
export async function readCosts(session: AzureSession, request: CostRequest): Promise<CostAnswer> {
  if (!isDay(request.from) || !isDay(request.to) || request.from >= request.to)
    throw invalidInput([{ field: 'to', message: 'is a day after from' }]);
  const definition: QueryDefinition = {
    type: request.metric === 'amortized' ? 'AmortizedCost' : 'ActualCost',
    timeframe: 'Custom',
    timePeriod: {
      from: new Date(`${request.from}T00:00:00Z`),
      to: new Date(`${addDays(request.to, -1)}T00:00:00Z`),
    },
    dataset: {
      granularity: 'Daily',
      aggregation: { totalCost: { name: 'Cost', function: 'Sum' } },
      grouping: request.groupBy.map(grouping),
    },
  };
  const rows = new Map<string, CostRow & { amounts: string[] }>();
  let link: string | undefined;
  for (let page = 0; ; page += 1) {
    const answer = await ask(session, definition, link, request.signal);
    const columns = (answer.columns ?? []).map((column) => column.name ?? '');
    const at = { date: columns.indexOf('UsageDate'), currency: columns.indexOf('Currency') };
    for (const row of answer.rows ?? []) {
      const day = String(row[at.date]).replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3');
      const from = request.granularity === 'daily' ? day : `${day.slice(0, 7)}-01`;
      const to =
        request.granularity === 'daily'
          ? addDays(day, 1)
          : new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)), 1))
              .toISOString()
              .slice(0, 10);
      const first = at.date + 1;
      const keys = request.groupBy.map((group, index) => keyOf(row[first + index], group));
      const currency = String(row[at.currency]);
      const id = JSON.stringify([from, currency, keys]);
      const known = rows.get(id) ?? { from, to, keys, currency, amount: '0', estimated: true, amounts: [] };
      known.amounts.push(decimal(String(row[0])));
      rows.set(id, known);
    }
    link = answer.nextLink ?? undefined;
    if (link === undefined || link === '') break;
    if (page >= MAX_PAGES)
      throw new CloudError({ kind: 'truncated', message: 'Cost Management answered with too many pages.' });
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
  // Only its own host: the address comes from an answer, and our token goes with it.
  if (new URL(link).host !== new URL(session.endpoint).host)
    throw new CloudError({
      kind: 'unavailable',
      message: 'Cost Management named a page on another host.',
      call,
    });
  return session.caller.call(
    { call, region: 'global' },
    async (ends) => {
      const answer = await fetch(link, {
        method: 'POST',
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
