import { sum, times } from '../decimal.ts';
import type { PriceQuery, PriceQuote } from '../observations.ts';
import { machineSize } from './sizes.ts';

/** Date of the table: pay-as-you-go list prices in USD, from general knowledge. */
export const PRICES_AS_OF = '2026-07-01';

/** USD an hour of Linux machines in East US; regions by factor. */
const MACHINES: Readonly<Record<string, string>> = {
  Standard_B1s: '0.0104',
  Standard_B2s: '0.0416',
  Standard_B2ms: '0.0832',
  Standard_B4ms: '0.166',
  Standard_B8ms: '0.333',
  Standard_D2s_v3: '0.096',
  Standard_D4s_v3: '0.192',
  Standard_D8s_v3: '0.384',
  Standard_D16s_v3: '0.768',
  Standard_D2s_v5: '0.096',
  Standard_D4s_v5: '0.192',
  Standard_D8s_v5: '0.384',
  Standard_D16s_v5: '0.768',
  Standard_D32s_v5: '1.536',
  Standard_D2as_v5: '0.086',
  Standard_D4as_v5: '0.172',
  Standard_D8as_v5: '0.344',
  Standard_D16as_v5: '0.688',
  Standard_E2s_v3: '0.126',
  Standard_E4s_v3: '0.252',
  Standard_E8s_v3: '0.504',
  Standard_E2s_v5: '0.126',
  Standard_E4s_v5: '0.252',
  Standard_E8s_v5: '0.504',
  Standard_E16s_v5: '1.008',
  Standard_E2as_v5: '0.113',
  Standard_E4as_v5: '0.226',
  Standard_E8as_v5: '0.452',
  Standard_F2s_v2: '0.0846',
  Standard_F4s_v2: '0.169',
  Standard_F8s_v2: '0.338',
  Standard_F16s_v2: '0.677',
};
const DISKS: Readonly<Record<string, string>> = {
  Premium_LRS: '0.1536',
  Premium_ZRS: '0.2304',
  StandardSSD_LRS: '0.0767',
  StandardSSD_ZRS: '0.115',
  Standard_LRS: '0.0461',
};
const SQL: Readonly<Record<string, string>> = {
  Basic: '0.0067',
  S0: '0.0202',
  S1: '0.0403',
  S2: '0.1009',
  S3: '0.2016',
  S4: '0.4032',
  P1: '0.625',
  GP_Gen5: '0.2525',
  GP_S_Gen5: '0.2609',
  BC_Gen5: '0.68',
};
const PLANS: Readonly<Record<string, string>> = {
  F1: '0',
  B1: '0.017',
  B2: '0.034',
  B3: '0.067',
  S1: '0.095',
  S2: '0.19',
  S3: '0.38',
  P0v3: '0.0775',
  P1v3: '0.155',
  P2v3: '0.31',
  P3v3: '0.62',
};
const BLOBS: Readonly<Record<string, string>> = { Hot: '0.0208', Cool: '0.0115', Cold: '0.0045' };

/** Prices of a region against East US, in thousandths. */
const REGIONS: Readonly<Record<string, number>> = {
  eastus: 1000,
  eastus2: 1000,
  centralus: 1040,
  westus2: 1000,
  westeurope: 1120,
  northeurope: 1060,
  brazilsouth: 1620,
  uksouth: 1110,
};

const own = (table: Readonly<Record<string, string>>, key: string | undefined): string | undefined =>
  key !== undefined && Object.hasOwn(table, key) ? table[key] : undefined;

/** USD an hour and vCPU that Windows Server costs on top; burstable sizes have other rates. */
const WINDOWS_PER_CPU = '0.046';

function machine(sku: string | undefined, os: string | undefined): string | undefined {
  const linux = own(MACHINES, sku);
  if (linux === undefined || os !== 'windows') return linux;
  const cpus = machineSize(sku ?? '')?.cpus;
  if (cpus === undefined || sku?.startsWith('Standard_B') === true) return undefined;
  return sum([linux, times(WINDOWS_PER_CPU, String(cpus))]);
}

function base({ product, sku, variant }: PriceQuery): readonly [price: string | undefined, unit: string] {
  switch (product) {
    case 'compute':
      return [machine(sku, variant?.['os']), 'hour'];
    case 'disk':
      return [own(DISKS, sku), 'gib-month'];
    case 'snapshot':
      return [sku?.startsWith('Premium') === true ? '0.132' : '0.05', 'gib-month'];
    case 'ip_address':
      return [sku === 'Basic' ? '0.0036' : '0.005', 'hour'];
    case 'nat_gateway':
      return ['0.045', 'hour'];
    case 'load_balancer':
      return [sku === 'Basic' ? '0' : '0.025', 'hour'];
    case 'database':
      return [own(SQL, sku), 'hour'];
    case 'function':
      return [own(PLANS, sku), 'hour'];
    case 'object_storage':
      return [own(BLOBS, variant?.['tier'] ?? sku), 'gib-month'];
    case 'cluster':
      return ['0.1', 'hour'];
    default:
      return [undefined, 'hour'];
  }
}

/** List price from the bundled table; undefined where it does not know. */
export function quote(query: PriceQuery): PriceQuote | undefined {
  const factor = Object.hasOwn(REGIONS, query.region) ? REGIONS[query.region] : undefined;
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
