import { scalarText } from '../lake/scalar.ts';
import { z } from 'zod';
import { FOCUS_COLUMNS } from '../focus/columns.ts';
import type { Row } from '../lake/duck.ts';
import type { Manifest } from '../lake/manifest.ts';
import type { CostStore, ExportRequest } from '../lake/store.ts';
import { within } from './ask.ts';
import { Binder, METRIC_COLUMNS, dimensionSql, filterSql } from './compile.ts';
import { METRICS, filterSchema } from './question.ts';

const selectionSchema = z.object({
  from: z.iso.date(),
  to: z.iso.date(),
  filters: z.array(filterSchema).max(50).default([]),
});
export const lineItemsSchema = selectionSchema.extend({
  metric: z.enum(METRICS).default('billed'),
  limit: z.number().int().min(1).max(1000).default(100),
  offset: z.number().int().min(0).max(100_000).default(0),
});

export interface LineItems {
  /** FOCUS columns by name; decimals and times as strings. */
  rows: Row[];
  /** Rows that match, on all pages. */
  count: number;
  /** Exact sum of the metric over all matching rows, per currency. */
  totals: { currency: string; amount: string }[];
}

const SHOWN = FOCUS_COLUMNS.map((c) => c.name);

/**
 * The line items behind a number, largest first. Pages are stable: ties are ordered by every column,
 * so rows that could change places are equal.
 */
export async function lineItems(
  store: CostStore,
  manifest: Manifest,
  input: z.input<typeof lineItemsSchema>,
  options: { organizationId: string; signal?: AbortSignal },
): Promise<LineItems> {
  const request = lineItemsSchema.parse(input);
  const partitions = within(await manifest.partitions(options.organizationId), [request]);
  const metric = METRIC_COLUMNS[request.metric];
  const totals = await store.select(
    partitions,
    'rows',
    (from, dialect) => {
      const where = selection(request, dialect);
      return {
        sql: `SELECT BillingCurrency AS currency, ${dialect.text('count(*)')} AS n, ${dialect.text(`coalesce(sum(${metric}), 0)`)} AS amount FROM ${from} WHERE ${where.sql} GROUP BY BillingCurrency ORDER BY BillingCurrency`,
        params: where.params,
      };
    },
    options.signal,
  );
  const rows = await store.select(
    partitions,
    'rows',
    (from, dialect) => {
      const where = selection(request, dialect);
      const order = [
        `${metric} DESC`,
        'ChargePeriodStart',
        ...SHOWN.filter((c) => c !== metric && c !== 'ChargePeriodStart'),
      ].join(', ');
      return {
        sql: `SELECT ${FOCUS_COLUMNS.map((c) => (c.type === 'string' || c.type === 'json' ? c.name : `${dialect.text(`t.${c.name}`)} AS ${c.name}`)).join(', ')} FROM (SELECT ${SHOWN.join(', ')} FROM ${from} WHERE ${where.sql} ORDER BY ${order} LIMIT ${request.limit} OFFSET ${request.offset}) AS t`,
        params: where.params,
      };
    },
    options.signal,
  );
  return {
    rows,
    count: totals.reduce((n, row) => n + Number(row['n']), 0),
    totals: totals.map((row) => ({
      currency: scalarText(row['currency']),
      amount: scalarText(row['amount']),
    })),
  };
}

/** Exports the selected line items. Text cells of a CSV are safe to open in a spreadsheet. */
export async function exportLineItems(
  store: CostStore,
  manifest: Manifest,
  input: z.input<typeof selectionSchema>,
  target: Omit<ExportRequest, 'where'>,
  options: { organizationId: string; signal?: AbortSignal },
): Promise<{ rows: number }> {
  const request = selectionSchema.parse(input);
  const partitions = within(await manifest.partitions(options.organizationId), [request]);
  return store.exportRows(
    partitions,
    { ...target, where: selection(request, store.dialect) },
    options.signal,
  );
}

function selection(
  request: z.output<typeof selectionSchema>,
  dialect: CostStore['dialect'],
): { sql: string; params: Binder['params'] } {
  const binder = new Binder(dialect);
  const day = dialect.dayOf('ChargePeriodStart');
  const period = `${day} >= ${binder.bind(request.from, 'date')} AND ${day} < ${binder.bind(request.to, 'date')}`;
  const filters = filterSql(request.filters, (d) => dimensionSql(d, dialect, binder), binder);
  return { sql: [period, ...filters].join(' AND '), params: binder.params };
}
