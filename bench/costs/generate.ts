/**
 * Generates FOCUS 1.0 bills from a seed: hourly line items of a fleet whose resources have their own
 * account, region, service, price, tags and size, with amounts that differ from row to row. Written the
 * way providers write: `NULL` as text, times without a zone, JSON tags.
 */
import type { DuckEngine } from '../../apps/server/src/modules/costs/lake/duck.ts';

export interface BillShape {
  rows: number;
  seed: number;
  /** `YYYY-MM` of the first billing month. */
  month: string;
  /** Number of billing accounts and of months in the one file. */
  accounts: number;
  months: number;
  resources: number;
}

const SERVICES = [
  ['Amazon Elastic Compute Cloud', 'Compute', 'BoxUsage'],
  ['Amazon Simple Storage Service', 'Storage', 'TimedStorage-ByteHrs'],
  ['Amazon Relational Database Service', 'Databases', 'InstanceUsage'],
  ['AWS Lambda', 'Compute', 'Lambda-GB-Second'],
  ['Amazon Elastic Kubernetes Service', 'Compute', 'AmazonEKS-Hours'],
  ['Elastic Load Balancing', 'Networking', 'LCUUsage'],
  ['Amazon CloudFront', 'Networking', 'DataTransfer-Out-Bytes'],
  ['Amazon DynamoDB', 'Databases', 'ReadRequestUnits'],
  ['Amazon Simple Queue Service', 'Integration', 'Requests-Tier1'],
  ['AmazonCloudWatch', 'Management and Governance', 'CW:MetricMonitorUsage'],
  ['Amazon OpenSearch Service', 'Analytics', 'ESInstance'],
  ['AWS Key Management Service', 'Security', 'KMS-Requests'],
];
const REGIONS = ['us-east-1', 'us-west-2', 'sa-east-1', 'eu-west-1', 'eu-central-1', 'ap-southeast-2'];

/** SQL that yields the rows; the values follow from `seed` alone. */
export function billSql(shape: BillShape): string {
  const h = (of: string, salt: number, modulo: number): string =>
    `(hash(${of} * 1000003 + ${salt + shape.seed * 131}) % ${modulo})::BIGINT`;
  const list = (values: readonly string[]): string => `[${values.map((v) => `'${v}'`).join(', ')}]`;
  const pick = (values: readonly string[], index: string): string => `${list(values)}[${index} + 1]`;
  return `
    WITH items AS (
      SELECT i, ${h('i', 1, shape.resources)} AS res, ${h('i', 2, 28 * 24)} AS hour_no, ${h('i', 3, 1_000_000)} AS size, ${h('i', 4, shape.months)} AS month_no
      FROM range(${shape.rows}) t(i)
    ), fleet AS (
      SELECT *, ${h('res', 11, SERVICES.length)} AS svc, ${h('res', 12, REGIONS.length)} AS reg, ${h('res', 13, 60)} AS sub, ${h('res', 14, 900)} + 1 AS cents,
        ${h('res', 15, 37)} AS app, ${h('res', 16, 3)} AS env, ${h('res', 17, 11)} AS bu, ${h('res', 18, shape.accounts)} AS acc, ${h('res', 19, 4)} AS tagged,
        (DATE '${shape.month}-01' + to_months(month_no::INTEGER))::TIMESTAMP AS period
      FROM items
    ), priced AS (
      SELECT *, (size::DECIMAL(20, 0) * 0.000001)::DECIMAL(20, 9) AS quantity, (cents::DECIMAL(20, 0) * 0.0001)::DECIMAL(20, 6) AS price, period + to_hours(hour_no) AS moment FROM fleet
    )
    SELECT
      'NULL' AS AvailabilityZone, (quantity * price)::DECIMAL(28, 11) AS BilledCost, (1234567890120 + acc)::VARCHAR AS BillingAccountId, 'Payer ' || acc AS BillingAccountName,
      'USD' AS BillingCurrency, strftime(period + INTERVAL 1 MONTH, '%Y-%m-%d %H:%M:%S') AS BillingPeriodEnd, strftime(period, '%Y-%m-%d %H:%M:%S') AS BillingPeriodStart,
      'Usage' AS ChargeCategory, 'NULL' AS ChargeClass, '$' || price || ' per unit of ' || ${pick(
        SERVICES.map((s) => s[2] ?? ''),
        'svc',
      )} || ' in ' || ${pick(REGIONS, 'reg')} AS ChargeDescription,
      'Usage-Based' AS ChargeFrequency, strftime(moment + INTERVAL 1 HOUR, '%Y-%m-%d %H:%M:%S') AS ChargePeriodEnd, strftime(moment, '%Y-%m-%d %H:%M:%S') AS ChargePeriodStart,
      'NULL' AS CommitmentDiscountCategory, 'NULL' AS CommitmentDiscountId, 'NULL' AS CommitmentDiscountName, 'NULL' AS CommitmentDiscountStatus, 'NULL' AS CommitmentDiscountType,
      quantity AS ConsumedQuantity, 'Units' AS ConsumedUnit, (quantity * price * 0.9)::DECIMAL(28, 11) AS ContractedCost, (price * 0.9)::DECIMAL(20, 7) AS ContractedUnitPrice,
      (quantity * price * 0.8)::DECIMAL(28, 11) AS EffectiveCost, 'Amazon Web Services, Inc.' AS InvoiceIssuerName, (quantity * price)::DECIMAL(28, 11) AS ListCost, price AS ListUnitPrice,
      'Standard' AS PricingCategory, quantity AS PricingQuantity, 'Units' AS PricingUnit, 'AWS' AS ProviderName, 'Amazon Web Services, Inc.' AS PublisherName,
      ${pick(REGIONS, 'reg')} AS RegionId, ${pick(REGIONS, 'reg')} AS RegionName,
      'arn:aws:svc' || svc || ':' || ${pick(REGIONS, 'reg')} || ':' || (100000000000 + sub) || ':resource/' || md5(res::VARCHAR) AS ResourceId,
      'NULL' AS ResourceName, 'NULL' AS ResourceType, ${pick(
        SERVICES.map((s) => s[1] ?? ''),
        'svc',
      )} AS ServiceCategory, i AS Id, ${pick(
        SERVICES.map((s) => s[0] ?? ''),
        'svc',
      )} AS ServiceName,
      upper(substr(md5((svc * 1000 + cents)::VARCHAR), 1, 16)) AS SkuId, upper(substr(md5((svc * 1000 + cents)::VARCHAR), 1, 16)) || '.JRTCKXETXF' AS SkuPriceId,
      (100000000000 + sub)::VARCHAR AS SubAccountId, 'Account ' || sub AS SubAccountName,
      CASE WHEN tagged = 0 THEN 'NULL' ELSE '{"application": "app-' || app || '", "environment": "' || ${pick(['dev', 'stage', 'prod'], 'env')} || '", "business_unit": "bu-' || bu || '"}' END AS Tags
    FROM priced`;
}

export async function writeCsv(engine: DuckEngine, shape: BillShape, target: string): Promise<void> {
  await engine.run(`COPY (${billSql(shape)}) TO '${target}' (FORMAT csv, HEADER true)`);
}

export async function writeParquet(engine: DuckEngine, csv: string, target: string): Promise<void> {
  await engine.run(
    `COPY (FROM read_csv('${csv}', all_varchar = true, nullstr = 'NULL')) TO '${target}' (FORMAT parquet, COMPRESSION zstd)`,
  );
}
