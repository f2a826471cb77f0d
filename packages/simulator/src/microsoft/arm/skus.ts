import { LOCATIONS } from './locations.ts';
import { MACHINES } from './prices.ts';
import type { Json, Subscription } from './subscription.ts';

/** Sizes that this cloud's regions do not have for anybody here. */
const MISSING: Readonly<Record<string, readonly string[]>> = {
  brazilsouth: ['Standard_F8s_v2', 'Standard_E8s_v5'],
};

const GIB_PER_CPU: Readonly<Record<string, number>> = { B: 4, D: 4, E: 8, F: 2 };

/** vCPUs of a size from its name; one for a name that does not say. */
export function cpusOf(size: string): number {
  const count = /^Standard_[A-Z]+(\d+)/.exec(size)?.[1];
  return count === undefined ? 1 : Number(count);
}

/** Whether a size is sold in a region. */
export function isOffered(size: string, location: string): boolean {
  return Object.hasOwn(MACHINES, size) && !(MISSING[location] ?? []).includes(size);
}

/** vCPUs of the machines in a region that hold hardware or a place for it, as the regional quota counts them. */
export function coresIn(subscription: Subscription, location: string): number {
  return subscription
    .ofType('Microsoft.Compute/virtualMachines')
    .filter((vm) => vm.location === location)
    .reduce((sum, vm) => {
      const size = (vm.properties['hardwareProfile'] as { vmSize?: string } | undefined)?.vmSize;
      return sum + cpusOf(size ?? '');
    }, 0);
}

/** `GET …/providers/Microsoft.Compute/skus`: what is sold where, one entry a size and region (Resource Skus - List). */
export function listSkus(filter: string | null): Json[] {
  const wanted = /^location eq '([^']+)'$/i.exec(filter ?? '')?.[1]?.toLowerCase();
  return LOCATIONS.flatMap(([location]) => {
    if (wanted !== undefined && wanted !== location) return [];
    return Object.keys(MACHINES).map((name) => {
      const family = /^Standard_([A-Z])/.exec(name)?.[1] ?? 'D';
      const cpus = cpusOf(name);
      const memory = family === 'B' && !name.includes('ms') ? cpus * 2 : cpus * (GIB_PER_CPU[family] ?? 4);
      return {
        resourceType: 'virtualMachines',
        name,
        tier: 'Standard',
        size: name.replace('Standard_', ''),
        family: `standard${family}Family`,
        locations: [location],
        locationInfo: [{ location, zones: ['1', '2', '3'], zoneDetails: [] }],
        capabilities: [
          { name: 'vCPUs', value: String(cpus) },
          { name: 'MemoryGB', value: String(memory) },
          { name: 'HyperVGenerations', value: 'V1,V2' },
          { name: 'PremiumIO', value: 'True' },
        ],
        restrictions: isOffered(name, location)
          ? []
          : [
              {
                type: 'Location',
                values: [location],
                restrictionInfo: { locations: [location] },
                reasonCode: 'NotAvailableForSubscription',
              },
            ],
      };
    });
  });
}
