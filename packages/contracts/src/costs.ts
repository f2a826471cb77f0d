/**
 * Costs: questions, forecast, line items, saved views, exchange rates, settings, exports.
 * All routes are below `/api/v1/orgs/{org}/workspaces/{workspace}/costs` (written `…` here).
 * Imports, sources, reconciliation and conformance: cost-imports.ts.
 * Budgets, alerts, anomalies and allocation: cost-control.ts.
 *
 * Amounts are exact decimal strings with their currency beside them. Days are UTC, `YYYY-MM-DD`; the end of a
 * period is exclusive.
 */
import { z } from 'zod';
import { Id, Instant } from './common.ts';

/** Exact decimal, no exponent: `-12.5`, `0.0000000001`. */
export const Decimal = z.string().regex(/^-?\d{1,30}(\.\d{1,18})?$/);
/** ISO 4217 code. */
export const Currency = z.string().regex(/^[A-Z]{3}$/);
export const Day = z.iso.date();
/** Billing month, `YYYY-MM`. */
export const Month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);

export const costPeriods = ['mtd', '30d', '90d', '6m', '1y'] as const;
export const DayRange = z
  .strictObject({ from: Day, to: Day })
  .refine(({ from, to }) => from < to, { path: ['to'], message: 'must be after from' });
/** A named period that ends today (`mtd`: the month so far; the others include today), or days of one's choice. */
export const CostPeriod = z.union([z.enum(costPeriods), DayRange]);
export type CostPeriod = z.infer<typeof CostPeriod>;

export const CostGrain = z.enum(['day', 'week', 'month', 'total']);
export const CostMetric = z.enum(['billed', 'effective', 'list', 'contracted']);

/** The first seven are answered from the daily roll-up, the others and tags from line items. */
export const costDimensions = [
  'provider',
  'billingAccount',
  'account',
  'service',
  'category',
  'region',
  'chargeCategory',
  'resource',
  'resourceType',
  'usageType',
  'sku',
  'commitment',
] as const;
/** A dimension, or `tag:` and a key as it is in the data. */
export const CostDimension = z.union([
  z.enum(costDimensions),
  z.templateLiteral([z.literal('tag:'), z.string().min(1).max(256)]),
]);
export type CostDimension = z.infer<typeof CostDimension>;

/** Keeps line items whose value is among these (null: no value); with `exclude`, leaves them out. */
export const CostFilter = z.strictObject({
  dimension: CostDimension,
  values: z.array(z.string().max(2048).nullable()).min(1).max(500),
  exclude: z.boolean().default(false),
});
export type CostFilter = z.infer<typeof CostFilter>;
export const CostFilters = z.array(CostFilter).max(50).default([]);

/** POST …/questions → CostAnswer. A question, not a change: it needs `costs:read`. */
export const CostQuestion = z.strictObject({
  period: CostPeriod.default('30d'),
  grain: CostGrain.default('day'),
  metric: CostMetric.default('billed'),
  groupBy: z
    .array(CostDimension)
    .max(3)
    .refine((dimensions) => new Set(dimensions).size === dimensions.length, 'names a dimension twice')
    .default([]),
  filters: CostFilters,
  /** Largest groups to name, per currency; the others are added up as the rest. */
  top: z.number().int().min(1).max(1000).default(8),
  /** `previous`: as many complete days (or whole months) before. */
  compare: z.union([z.literal('previous'), DayRange]).optional(),
  /** Converts every day by the organization's exchange rates; absent: amounts stay in their currencies. */
  currency: Currency.optional(),
});
export type CostQuestion = z.infer<typeof CostQuestion>;

export const CostGroup = z.object({
  /** One value per `groupBy`; null where the line items have none. In `rest` and `totals` all are null. */
  keys: z.array(z.string().nullable()),
  /** What to show for the keys (account names); equal to the key where there is nothing better. */
  labels: z.array(z.string().nullable()),
  currency: Currency,
  total: Decimal,
  /** Total of the same group in the period compared with; null without a comparison. */
  previous: Decimal.nullable(),
  /**
   * What `previous` is to be held against: the part of `total` of days that are complete. Providers deliver late, and the
   * last days of a running period would make any cost look falling. Null without a comparison.
   */
  comparable: Decimal.nullable(),
  /** In time order; `bucket` is the first day of the day, week (Monday) or month, or `total`. Buckets without cost are absent. */
  series: z.array(z.object({ bucket: z.string(), amount: Decimal })),
});
export type CostGroup = z.infer<typeof CostGroup>;

export const CostAnswer = z.object({
  period: z.object({ from: Day, to: Day }),
  compare: z.object({ from: Day, to: Day }).nullable(),
  grain: CostGrain,
  metric: CostMetric,
  groupBy: z.array(z.string()),
  /** Largest first, per currency. */
  groups: z.array(CostGroup),
  /** The groups beyond the top, per currency. */
  rest: z.array(CostGroup),
  /** Everything, per currency: groups plus rest, to the last digit. */
  totals: z.array(CostGroup),
  /** Last day any cost is known of; null without data. */
  dataThrough: Day.nullable(),
  /** Days after this one still grow, because providers deliver late. */
  completeThrough: Day.nullable(),
});
export type CostAnswer = z.infer<typeof CostAnswer>;

/** POST …/line-items → LineItemPage. Largest first; pages are stable. */
export const LineItemsBody = z.strictObject({
  period: CostPeriod.default('30d'),
  metric: CostMetric.default('billed'),
  filters: CostFilters,
  limit: z.number().int().min(1).max(500).default(50),
  offset: z.number().int().min(0).max(100_000).default(0),
});
export const LineItemPage = z.object({
  /** FOCUS columns by name; decimals and times are strings, a missing value is null. Columns without any value are left out. */
  items: z.array(z.record(z.string(), z.string().nullable())),
  /** Matching line items on all pages. */
  total: z.number().int(),
  sums: z.array(z.object({ currency: Currency, amount: Decimal })),
  nextOffset: z.number().int().nullable(),
});
export type LineItemPage = z.infer<typeof LineItemPage>;

/** POST …/values → what a filter of a dimension can be set to, largest cost first. */
export const DimensionValuesBody = z.strictObject({
  dimension: CostDimension,
  period: CostPeriod.default('90d'),
  /** Words the value must contain. */
  q: z.string().trim().max(200).optional(),
  filters: CostFilters,
  limit: z.number().int().min(1).max(500).default(100),
});
export const DimensionValues = z.object({
  items: z.array(
    z.object({
      value: z.string().nullable(),
      label: z.string().nullable(),
      currency: Currency,
      amount: Decimal,
    }),
  ),
});

/** GET …/overview: what there is to ask about. */
export const CostOverview = z.object({
  /** null without any data. */
  firstDay: Day.nullable(),
  dataThrough: Day.nullable(),
  completeThrough: Day.nullable(),
  currencies: z.array(Currency),
  providers: z.array(z.string()),
  accounts: z.array(z.object({ id: z.string(), label: z.string() })),
  lineItems: z.number().int(),
  /** Tag keys in use, most cost first, at most 200. */
  tagKeys: z.array(z.string()),
});
export type CostOverview = z.infer<typeof CostOverview>;

/** POST …/forecast → CostForecast: the days ahead and the end of the month, per currency. */
export const ForecastBody = z.strictObject({
  metric: CostMetric.default('billed'),
  filters: CostFilters,
  currency: Currency.optional(),
  /** Days ahead of the last complete one. */
  days: z.number().int().min(1).max(366).default(30),
  /** Probability the interval is meant to hold. */
  confidence: z.number().min(0.5).max(0.99).default(0.8),
});
export const ForecastMethod = z.enum(['seasonal', 'run-rate', 'none']);
export const CostForecast = z.object({
  completeThrough: Day.nullable(),
  items: z.array(
    z.object({
      currency: Currency,
      /** `run-rate`: too few days for a season. `none`: too few for anything. */
      method: ForecastMethod,
      reason: z.enum(['ok', 'few-days', 'no-data']),
      /** Days of data it rests on. */
      observed: z.number().int(),
      confidence: z.number(),
      days: z.array(z.object({ day: Day, amount: Decimal, low: Decimal, high: Decimal })),
      total: z.object({ amount: Decimal, low: Decimal, high: Decimal }).nullable(),
      month: z.object({
        month: Month,
        /** Exact cost of the month so far. */
        actual: Decimal,
        /** Actual and forecast of the days left; null when nothing can be said. */
        projected: Decimal.nullable(),
        low: Decimal.nullable(),
        high: Decimal.nullable(),
        /** Total of the month before; null without data. */
        previous: Decimal.nullable(),
      }),
      /**
       * How the method would have done on the past: mean absolute percentage error of month-like sums, beside the
       * run rate of the last 30 days and a straight line. null with too little past.
       */
      backtest: z
        .object({
          seasonal: z.number(),
          runRate: z.number(),
          straightLine: z.number(),
          cuts: z.number().int(),
        })
        .nullable(),
    }),
  ),
});
export type CostForecast = z.infer<typeof CostForecast>;

/** Exchange rate: units of `to` for one of `from`, from `day` until the next dated one. */
export const ExchangeRate = z.object({
  id: Id,
  from: Currency,
  to: Currency,
  day: Day,
  rate: z.string(),
  source: z.string(),
  updatedAt: Instant,
});
export type ExchangeRate = z.infer<typeof ExchangeRate>;
/** GET …/rates. */
export const ExchangeRateQuery = z.strictObject({ from: Currency.optional(), to: Currency.optional() });
export const ExchangeRateList = z.object({ items: z.array(ExchangeRate) });
/** PUT …/rates: sets rates; one of the same pair and day is replaced. DELETE …/rates/{rateId}. */
export const PutExchangeRatesBody = z.strictObject({
  items: z
    .array(
      z.strictObject({
        from: Currency,
        to: Currency,
        day: Day,
        rate: z.string().regex(/^\d{1,12}(\.\d{1,12})?$/, 'must be a positive decimal with a point'),
      }),
    )
    .min(1)
    .max(1000),
});
/** POST …/rates/import, body `text/csv` with the columns from,to,day,rate (at most 20,000 lines) → 200. */
export const RateImportResult = z.object({
  written: z.number().int(),
  refused: z.array(z.object({ line: z.number().int(), reason: z.string() })),
});

/** GET, PUT …/settings. */
export const CostSettings = z.strictObject({
  /** Currency the pages start with; null: as billed. */
  displayCurrency: Currency.nullable(),
  /** Imports leave billing months up to this one alone; null: no month is closed. */
  closedThrough: Month.nullable(),
  /** Older billing months are dropped; null: everything is kept. */
  retentionMonths: z.number().int().min(3).max(120).nullable(),
});
export type CostSettings = z.infer<typeof CostSettings>;

/**
 * Downloads. `q` is a CostQuestion as JSON text, so that a link is enough.
 * GET …/exports/csv    the answer as a table: one line per group and bucket; safe to open in a spreadsheet
 * GET …/exports/focus  the matching line items in FOCUS columns; `format` csv or parquet
 * GET …/exports/pdf    a document: title, period, totals, chart, tables, page numbers; `locale` en or pt-BR
 */
export const ExportQuery = z.strictObject({ q: z.string().min(2).max(16_000) });
export const FocusExportQuery = ExportQuery.extend({ format: z.enum(['csv', 'parquet']).default('csv') });
export const PdfExportQuery = ExportQuery.extend({ locale: z.enum(['en', 'pt-BR']).default('en') });
