import { findRegion } from '../regions.ts';

/** Kinds of prices that differ between regions by their own factor. */
export type PriceClass =
  | 'burstable'
  | 'general'
  | 'compute'
  | 'memory'
  | 'accelerated'
  | 'database'
  | 'database-storage'
  | 'cache'
  | 'block-storage'
  | 'block-iops'
  | 'snapshot'
  | 'object-storage'
  | 'object-requests'
  | 'nat'
  | 'balancer'
  | 'balancer-units'
  | 'transfer'
  | 'logs'
  | 'table'
  | 'uniform';

type Factors = Readonly<Record<PriceClass, number>>;

const US_WEST_2: Factors = {
  burstable: 1,
  general: 1,
  compute: 1,
  memory: 1,
  accelerated: 1,
  database: 1,
  'database-storage': 1,
  cache: 1,
  'block-storage': 1,
  'block-iops': 1,
  snapshot: 1,
  'object-storage': 1,
  'object-requests': 1,
  nat: 1,
  balancer: 1,
  'balancer-units': 1,
  transfer: 1,
  logs: 1,
  table: 1,
  uniform: 1,
};

/** Ratio of a region's public list prices to those of us-east-1. */
const FACTORS: Readonly<Record<string, Factors>> = {
  'us-east-1': US_WEST_2,
  'us-west-2': US_WEST_2,
  'eu-west-1': {
    burstable: 1.0962,
    general: 1.1146,
    compute: 1.1294,
    memory: 1.119,
    accelerated: 1.1141,
    database: 1.1,
    'database-storage': 1.1043,
    cache: 1.1,
    'block-storage': 1.1,
    'block-iops': 1.1077,
    snapshot: 1,
    'object-storage': 1,
    'object-requests': 1,
    nat: 1.0667,
    balancer: 1.12,
    'balancer-units': 1,
    transfer: 1,
    logs: 1.14,
    table: 1.132,
    uniform: 1,
  },
  'eu-central-1': {
    burstable: 1.1538,
    general: 1.1979,
    compute: 1.1412,
    memory: 1.2063,
    accelerated: 1.251,
    database: 1.18,
    'database-storage': 1.1913,
    cache: 1.16,
    'block-storage': 1.19,
    'block-iops': 1.2,
    snapshot: 1.08,
    'object-storage': 1.0652,
    'object-requests': 1.08,
    nat: 1.1556,
    balancer: 1.2,
    'balancer-units': 1,
    transfer: 1,
    logs: 1.26,
    table: 1.22,
    uniform: 1,
  },
  'sa-east-1': {
    burstable: 1.6154,
    general: 1.5938,
    compute: 1.5412,
    memory: 1.5952,
    accelerated: 1.7,
    database: 1.55,
    'database-storage': 1.9043,
    cache: 1.47,
    'block-storage': 1.9,
    'block-iops': 1.4,
    snapshot: 1.36,
    'object-storage': 1.7609,
    'object-requests': 1.4,
    nat: 2.0667,
    balancer: 1.5111,
    'balancer-units': 1.375,
    transfer: 1.6667,
    logs: 1.8,
    table: 1.5,
    uniform: 1,
  },
};

/** Regions of the bundled price list. */
export const PRICED_REGIONS: readonly string[] = Object.keys(FACTORS);

/** Day the bundled list prices stand for. */
export const PRICE_DATE = '2026-11-01';

/** Regions outside the list are charged like Ireland, which is near the middle of all regions. */
const UNLISTED = 'eu-west-1';

/** A us-east-1 list price carried over to a region. USD, same unit. */
export function regional(region: string, priceClass: PriceClass, usEast1: number): number {
  const factor = (FACTORS[region] ?? FACTORS[UNLISTED] ?? US_WEST_2)[priceClass];
  const price = usEast1 * factor;
  // Public prices have four decimals, or as many as tiny ones need.
  return Number(price >= 0.001 ? price.toFixed(4) : price.toPrecision(6));
}

const USAGE_PREFIXES: Readonly<Record<string, string>> = {
  'us-east-1': '',
  'us-east-2': 'USE2-',
  'us-west-1': 'USW1-',
  'us-west-2': 'USW2-',
  'ca-central-1': 'CAN1-',
  'sa-east-1': 'SAE1-',
  'eu-west-1': 'EU-',
  'eu-west-2': 'EUW2-',
  'eu-west-3': 'EUW3-',
  'eu-central-1': 'EUC1-',
  'eu-north-1': 'EUN1-',
  'eu-south-1': 'EUS1-',
  'eu-south-2': 'EUS2-',
  'ap-south-1': 'APS3-',
  'ap-northeast-1': 'APN1-',
  'ap-northeast-2': 'APN2-',
  'ap-northeast-3': 'APN3-',
  'ap-southeast-1': 'APS1-',
  'ap-southeast-2': 'APS2-',
  'af-south-1': 'AFS1-',
  'ap-east-1': 'APE1-',
  'me-south-1': 'MES1-',
};

/** The region's prefix of usage types: `SAE1-`; empty in us-east-1. */
export function usagePrefix(region: string): string {
  return USAGE_PREFIXES[region] ?? '';
}

/** The region's name in the price list, e.g. `South America (Sao Paulo)`; Europe is `EU` there. */
export function priceLocation(region: string): string {
  return (findRegion(region)?.description ?? region).replace(/^Europe /, 'EU ');
}
