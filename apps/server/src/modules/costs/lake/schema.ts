import { COST_COLUMNS, FOCUS_COLUMNS, type FocusColumn, type FocusType } from '../focus/columns.ts';
import { DECIMAL_SQL } from './money.ts';

const DUCK_TYPES: Record<FocusType, string> = {
  string: 'VARCHAR',
  decimal: DECIMAL_SQL,
  datetime: 'TIMESTAMP',
  json: 'VARCHAR',
};

/** DuckDB type of a stored column. Times are UTC without a zone, JSON is text. */
export function duckType(column: FocusColumn): string {
  return DUCK_TYPES[column.type];
}

/**
 * How Parquet is written. Zstandard level 1 is within 5 % of level 3 in size here and cheaper; half
 * of the usual row group keeps a writing thread's buffer under 100 MB.
 */
export const PARQUET = 'FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE 61440';

/** A row of a calendar is four times as wide. */
export const CALENDAR_PARQUET = PARQUET.replace('61440', '20480');

/** Dimensions that the daily roll-up keeps; every dashboard question can be answered from them. */
export const DAILY_DIMENSIONS = [
  'ProviderName',
  'ServiceProviderName',
  'BillingAccountId',
  'BillingAccountName',
  'SubAccountId',
  'SubAccountName',
  'ServiceName',
  'ServiceCategory',
  'RegionId',
  'ChargeCategory',
  'BillingCurrency',
] as const;

/** SQL of each column of a series: with these every question of the API can be answered without line items. */
export const SERIES_DIMENSIONS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(DAILY_DIMENSIONS.map((name) => [name, name])),
  ResourceId: 'ResourceId',
  ResourceType: 'ResourceType',
  SkuId: 'SkuId',
  UsageType: 'coalesce(x_UsageType, SkuMeter, ChargeDescription)',
  CommitmentDiscountId: 'CommitmentDiscountId',
  Tags: 'Tags',
};

const sums = COST_COLUMNS.map((c) => `sum(${c}) AS ${c}`).join(', ');

/** The roll-up of line items: one row per day and dimension combination, exact sums, count of items. */
export function dailySql(from: string, dayExpression: string): string {
  const dimensions = DAILY_DIMENSIONS.join(', ');
  return `SELECT ${dayExpression} AS ChargeDay, ${dimensions}, ${sums}, count(*) AS LineItems FROM ${from} GROUP BY ${dayExpression}, ${dimensions}`;
}

export const LINE_COLUMNS: readonly FocusColumn[] = FOCUS_COLUMNS;
