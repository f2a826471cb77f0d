import type { ArmResource } from './subscription.ts';

/** USD an hour of Linux machines in East US by size; general knowledge of list prices, 2026-07. */
export const MACHINES: Readonly<Record<string, number>> = {
  Standard_B1s: 0.0104,
  Standard_B2s: 0.0416,
  Standard_B2ms: 0.0832,
  Standard_B4ms: 0.166,
  Standard_D2s_v3: 0.096,
  Standard_D4s_v3: 0.192,
  Standard_D8s_v3: 0.384,
  Standard_D2s_v5: 0.096,
  Standard_D4s_v5: 0.192,
  Standard_D8s_v5: 0.384,
  Standard_D16s_v5: 0.768,
  Standard_D2as_v5: 0.086,
  Standard_D4as_v5: 0.172,
  Standard_D8as_v5: 0.344,
  Standard_E2s_v5: 0.126,
  Standard_E4s_v5: 0.252,
  Standard_E8s_v5: 0.504,
  Standard_F2s_v2: 0.0846,
  Standard_F4s_v2: 0.169,
  Standard_F8s_v2: 0.338,
};
/** USD a GiB-month. Azure bills disks by tier; the tiers' prices are nearly proportional to their size. */
const DISKS: Readonly<Record<string, number>> = {
  Premium_LRS: 0.1536,
  StandardSSD_LRS: 0.0767,
  Standard_LRS: 0.0461,
  Premium_ZRS: 0.23,
  UltraSSD_LRS: 0.12,
};
export const PLANS: Readonly<Record<string, number>> = {
  F1: 0,
  B1: 0.017,
  B2: 0.034,
  S1: 0.095,
  S2: 0.19,
  P0v3: 0.0775,
  P1v3: 0.155,
  P2v3: 0.31,
};
export const SQL: Readonly<Record<string, number>> = {
  Basic: 0.0067,
  S0: 0.0202,
  S1: 0.0403,
  S2: 0.1009,
  S3: 0.2016,
  P1: 0.625,
  GP_Gen5: 0.2525,
  GP_S_Gen5: 0.2609,
  BC_Gen5: 0.68,
  Standard: 0.0202,
  Premium: 0.625,
};
/** USD a GiB-month of stored blobs in one place. */
export const BLOBS: Readonly<Record<string, number>> = { Hot: 0.0208, Cool: 0.01, Cold: 0.0045 };
const MONTH = 730;
const REGIONS: Readonly<Record<string, number>> = {
  eastus: 1,
  eastus2: 1,
  westeurope: 1.12,
  northeurope: 1.06,
  brazilsouth: 1.62,
};

/** Prices of a region against East US. */
export const factorOf = (region: string): number => REGIONS[region] ?? 1;

/** What one hour of a resource costs in USD, and under which service and meter it is billed; undefined for free ones. */
export function hourlyCharge(
  resource: ArmResource,
): { readonly service: string; readonly meter: string; readonly usd: number } | undefined {
  const factor = factorOf(resource.location);
  const name = resource.sku?.['name'];
  const sku = typeof name === 'string' ? name : '';
  const gib = Number(resource.properties['diskSizeGB'] ?? 0);
  const charge = (service: string, meter: string, usd: number) =>
    usd > 0 ? { service, meter, usd: usd * factor } : undefined;
  switch (resource.type.toLowerCase()) {
    case 'microsoft.compute/virtualmachines': {
      const size = String(
        (resource.properties['hardwareProfile'] as { vmSize?: string } | undefined)?.vmSize,
      );
      return charge(
        'Virtual Machines',
        size.replace('Standard_', '').replaceAll('_', ' '),
        MACHINES[size] ?? 0.1,
      );
    }
    case 'microsoft.compute/disks':
      return charge('Storage', `${sku} Disks`, (gib * (DISKS[sku] ?? 0.05)) / MONTH);
    case 'microsoft.compute/snapshots':
      return charge(
        'Storage',
        `${sku} Snapshots`,
        (gib * (sku.startsWith('Premium') ? 0.132 : 0.05)) / MONTH,
      );
    case 'microsoft.network/publicipaddresses':
      return charge('Virtual Network', `${sku} IPv4 Static Public IP`, sku === 'Basic' ? 0.0036 : 0.005);
    case 'microsoft.network/natgateways':
      return charge('NAT Gateway', 'Standard Gateway', 0.045);
    case 'microsoft.network/loadbalancers':
      return sku === 'Standard' ? charge('Load Balancer', 'Standard Included LB Rules', 0.025) : undefined;
    case 'microsoft.network/applicationgateways':
      return charge('Application Gateway', 'Standard v2 Fixed Cost', 0.246);
    case 'microsoft.network/virtualnetworkgateways':
      return charge('VPN Gateway', sku, 0.19);
    case 'microsoft.network/privateendpoints':
      return charge('Virtual Network', 'Standard Private Endpoint', 0.01);
    case 'microsoft.storage/storageaccounts': {
      const rate = BLOBS[String(resource.properties['accessTier'])] ?? 0.0208;
      return charge(
        'Storage',
        `${String(resource.properties['accessTier'])} ${sku} Data Stored`,
        (Number(resource.properties['_gib'] ?? 5) * rate) / MONTH,
      );
    }
    case 'microsoft.sql/servers/databases': {
      if (resource.name === 'master') return undefined;
      const cores = sku.includes('Gen5') ? Number(resource.sku?.['capacity'] ?? 2) : 1;
      return charge('SQL Database', sku, (SQL[sku] ?? 0.2) * cores);
    }
    case 'microsoft.sql/servers/elasticpools':
      return charge('SQL Database', 'Elastic Pool', 0.3);
    case 'microsoft.web/serverfarms':
      return charge(
        'Azure App Service',
        `${sku} App`,
        (PLANS[sku] ?? 0.1) * Number(resource.sku?.['capacity'] ?? 1),
      );
    case 'microsoft.containerservice/managedclusters': {
      const pools = (resource.properties['agentPoolProfiles'] ?? []) as { vmSize?: string; count?: number }[];
      const nodes = pools.reduce(
        (sum, pool) => sum + (MACHINES[pool.vmSize ?? ''] ?? 0.1) * (pool.count ?? 1),
        0,
      );
      return charge('Azure Kubernetes Service', 'Standard Uptime SLA', 0.1 + nodes);
    }
    default:
      return undefined;
  }
}
