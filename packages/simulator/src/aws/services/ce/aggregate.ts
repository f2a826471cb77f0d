import type { GroupDefinition, MetricValue } from '@aws-sdk/client-cost-explorer';
import {
  dailyLedger,
  hourlyLedger,
  visibleAccounts,
  type Ledger,
  type LedgerLine,
} from '../../ledger/ledger.ts';
import { dollars } from '../../ledger/money.ts';
import type { RequestContext } from '../../context.ts';
import { dimension, validation } from './expression.ts';
import type { Period } from './periods.ts';

/** Sums of one group over the periods. */
export interface Sums {
  readonly keys: readonly string[];
  readonly nanos: Float64Array;
  readonly units: Float64Array;
  /** Periods in which something was charged. */
  readonly present: Uint8Array;
  /** The unit of the usage, or `N/A` when several are mixed. */
  unit: string | undefined;
}

/** The key function of one group definition. Tags come as `key$value`, untagged as `key$`. */
export function keyOf(definition: GroupDefinition): (line: LedgerLine) => string {
  const key = definition.Key ?? '';
  if (key === '') throw validation('Group Definition Key must not be empty');
  switch (definition.Type) {
    case 'DIMENSION':
      return dimension(key);
    case 'TAG':
      return (line) => `${key}$${line.tags.get(key) ?? ''}`;
    case 'COST_CATEGORY':
      return () => `${key}$`;
    default:
      throw validation(`Group Definition Type ${String(definition.Type)} is not supported`);
  }
}

/** The ledgers a caller's question runs over. */
export function ledgersOf(
  context: RequestContext,
  hourly?: { readonly from: number; readonly to: number },
): Ledger[] {
  return visibleAccounts(context.world, context.account).map((account) =>
    hourly
      ? hourlyLedger(context.world, account, hourly.from, hourly.to)
      : dailyLedger(context.world, account),
  );
}

/** For each bucket of a ledger the index of its period, or -1. */
function bucketPeriods(ledger: Ledger, periods: readonly Period[]): Int32Array {
  const map = new Int32Array(ledger.count).fill(-1);
  for (const [index, period] of periods.entries()) {
    const first = Math.max(0, Math.ceil((period.from - ledger.start) / ledger.bucketMs));
    const last = Math.min(ledger.count, Math.ceil((period.to - ledger.start) / ledger.bucketMs));
    for (let i = first; i < last; i++) map[i] = index;
  }
  return map;
}

/** Sums the lines that pass the filter by group and period. */
export function aggregate(
  ledgers: readonly Ledger[],
  periods: readonly Period[],
  test: (line: LedgerLine) => boolean,
  definitions: readonly GroupDefinition[],
): Sums[] {
  const keys = definitions.map(keyOf);
  const groups = new Map<string, Sums>();
  for (const ledger of ledgers) {
    const map = bucketPeriods(ledger, periods);
    for (const { line, nanos, units } of ledger.amounts(test)) {
      const parts = keys.map((key) => key(line));
      const id = parts.join('\u0000');
      let sums = groups.get(id);
      if (!sums) {
        sums = {
          keys: parts,
          nanos: new Float64Array(periods.length),
          units: new Float64Array(periods.length),
          present: new Uint8Array(periods.length),
          unit: undefined,
        };
        groups.set(id, sums);
      }
      sums.unit = sums.unit === undefined || sums.unit === line.meter.unit ? line.meter.unit : 'N/A';
      for (let i = 0; i < map.length; i++) {
        const period = map[i] ?? -1;
        const cost = nanos[i] ?? 0;
        const used = units[i] ?? 0;
        if (period < 0 || (cost === 0 && used === 0)) continue;
        sums.nanos[period] = (sums.nanos[period] ?? 0) + cost;
        sums.units[period] = (sums.units[period] ?? 0) + used;
        sums.present[period] = 1;
      }
    }
  }
  return [...groups.values()].sort((a, b) => (a.keys.join('\u0000') < b.keys.join('\u0000') ? -1 : 1));
}

function quantity(units: number): string {
  return String(Number(units.toFixed(10)));
}

/** Metrics of Cost Explorer. Without commitments all costs are equal. */
export const METRICS = [
  'AmortizedCost',
  'BlendedCost',
  'NetAmortizedCost',
  'NetUnblendedCost',
  'NormalizedUsageAmount',
  'UnblendedCost',
  'UsageQuantity',
] as const;

/** The asked metrics of a sum in one period. */
export function metricsOf(
  sums: Sums | undefined,
  period: number,
  metrics: readonly string[],
): Record<string, MetricValue> {
  const result: Record<string, MetricValue> = {};
  for (const metric of metrics) {
    if (metric === 'UsageQuantity')
      result[metric] = { Amount: quantity(sums?.units[period] ?? 0), Unit: sums?.unit || 'N/A' };
    else if (metric === 'NormalizedUsageAmount') result[metric] = { Amount: '0', Unit: 'N/A' };
    else result[metric] = { Amount: dollars(sums?.nanos[period] ?? 0), Unit: 'USD' };
  }
  return result;
}
