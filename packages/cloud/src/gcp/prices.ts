import { round, sum, times } from '../decimal.ts';
import type { PriceQuery, PriceQuote } from '../observations.ts';
import { machineSize } from './sizes.ts';

/** Date of the table: on-demand list prices in USD, from general knowledge. */
export const PRICES_AS_OF = '2026-07-01';

/** USD an hour of a vCPU and of a GiB in us-central1 by family; regions by factor. */
const FAMILIES: Readonly<Record<string, readonly [cpu: string, gib: string]>> = {
  e2: ['0.02181159', '0.00292353'],
  n1: ['0.031611', '0.004237'],
  n2: ['0.031611', '0.004237'],
  n2d: ['0.027502', '0.003686'],
  n4: ['0.030787', '0.003490'],
  t2d: ['0.027502', '0.003686'],
  c2: ['0.03398', '0.00455'],
  c2d: ['0.029563', '0.003959'],
  c3: ['0.03398', '0.00456'],
};
/** Shared-core types are billed for a part of a vCPU. */
const SHARED: Readonly<Record<string, string>> = {
  'e2-micro': '0.008376',
  'e2-small': '0.016751',
  'e2-medium': '0.033503',
  'f1-micro': '0.0076',
  'g1-small': '0.0257',
};
/** Custom types cost a twentieth more than predefined ones. */
const CUSTOM = '1.05';
const SQL_SHARED: Readonly<Record<string, string>> = { 'db-f1-micro': '0.0105', 'db-g1-small': '0.035' };
const SQL_RATES: readonly [cpu: string, gib: string] = ['0.0413', '0.007'];
const DISKS: Readonly<Record<string, string>> = {
  'pd-standard': '0.04',
  'pd-balanced': '0.10',
  'pd-ssd': '0.17',
  'pd-extreme': '0.125',
  'hyperdisk-balanced': '0.08',
};
const CLASSES: Readonly<Record<string, string>> = {
  STANDARD: '0.02',
  NEARLINE: '0.01',
  COLDLINE: '0.004',
  ARCHIVE: '0.0012',
};

/** Prices of a region against us-central1, in thousandths. */
const REGIONS: Readonly<Record<string, number>> = {
  'us-central1': 1000,
  'us-east1': 1000,
  'us-west1': 1000,
  'us-east4': 1127,
  'southamerica-east1': 1588,
  'europe-west1': 1100,
  'europe-west3': 1288,
  us: 1000,
};

const own = <T>(table: Readonly<Record<string, T>>, key: string | undefined): T | undefined =>
  key !== undefined && Object.hasOwn(table, key) ? table[key] : undefined;

function byParts(name: string, rates: readonly [string, string] | undefined, factor: string) {
  const size = machineSize(name);
  if (!size || !rates) return undefined;
  const parts = sum([times(rates[0], size.cpus), times(rates[1], size.memoryGiB)]);
  return round(times(parts, factor), 8);
}

function machine(name: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  const custom = name.includes('custom-');
  const family = name.startsWith('custom-') ? 'n1' : name.slice(0, name.indexOf('-'));
  return own(SHARED, name) ?? byParts(name, own(FAMILIES, family), custom ? CUSTOM : '1');
}

/** A standby in a second zone doubles everything. */
const copies = (variant: PriceQuery['variant']): string =>
  variant?.['availability'] === 'REGIONAL' ? '2' : '1';

function base({ product, sku, variant }: PriceQuery): readonly [price: string | undefined, unit: string] {
  switch (product) {
    case 'compute':
      return [machine(sku), 'hour'];
    case 'disk':
      return [own(DISKS, sku), 'gib-month'];
    case 'snapshot':
      return [sku === 'ARCHIVE' ? '0.019' : '0.05', 'gib-month'];
    case 'ip_address':
      return [variant?.['state'] === 'in_use' ? '0.005' : '0.01', 'hour'];
    case 'database': {
      if (sku === undefined) return [undefined, 'hour'];
      const one = own(SQL_SHARED, sku) ?? byParts(sku, SQL_RATES, '1');
      return [one === undefined ? undefined : times(one, copies(variant)), 'hour'];
    }
    case 'database_storage':
      return [times(sku === 'PD_HDD' ? '0.09' : '0.17', copies(variant)), 'gib-month'];
    case 'object_storage':
      return [own(CLASSES, variant?.['class'] ?? sku), 'gib-month'];
    case 'cluster':
      return ['0.10', 'hour'];
    default:
      return [undefined, 'hour'];
  }
}

/** List price from the bundled table; undefined where it does not know. */
export function quote(query: PriceQuery): PriceQuote | undefined {
  const factor = own(REGIONS, query.region);
  const [price, unit] = base(query);
  if (factor === undefined || price === undefined) return undefined;
  return {
    query,
    price: { amount: times(price, String(factor / 1000)), currency: 'USD' },
    unit,
    source: 'bundled',
    asOf: PRICES_AS_OF,
  };
}
