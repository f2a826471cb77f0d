import { disks, machines, snapshots } from './behaviours/compute.ts';
import { accounts, sqlDatabases, sqlServers } from './behaviours/data.ts';
import type { Behaviour } from './behaviours/model.ts';
import { addresses, interfaces, networks } from './behaviours/network.ts';
import { clusters, plans, sites } from './behaviours/web.ts';

const BEHAVIOURS: Readonly<Record<string, Behaviour>> = {
  'microsoft.compute/virtualmachines': machines,
  'microsoft.compute/disks': disks,
  'microsoft.compute/snapshots': snapshots,
  'microsoft.network/publicipaddresses': addresses,
  'microsoft.network/networkinterfaces': interfaces,
  'microsoft.network/virtualnetworks': networks,
  'microsoft.network/networksecuritygroups': {},
  'microsoft.network/loadbalancers': {},
  'microsoft.network/natgateways': {},
  'microsoft.network/applicationgateways': {},
  'microsoft.network/virtualnetworkgateways': {},
  'microsoft.network/routetables': {},
  'microsoft.network/privateendpoints': {},
  'microsoft.storage/storageaccounts': accounts,
  'microsoft.sql/servers': sqlServers,
  'microsoft.sql/servers/databases': sqlDatabases,
  'microsoft.sql/servers/elasticpools': {},
  'microsoft.web/sites': sites,
  'microsoft.web/serverfarms': plans,
  'microsoft.containerservice/managedclusters': clusters,
  'microsoft.compute/availabilitysets': {},
  'microsoft.compute/images': {},
};

/** Types whose creation answers 202 instead of the resource with 201. */
const ACCEPTED = new Set([
  'microsoft.compute/disks',
  'microsoft.compute/snapshots',
  'microsoft.sql/servers',
  'microsoft.sql/servers/databases',
]);

/** Types that finish at once; the others take their time and answer with a long-running operation. */
const IMMEDIATE = new Set([
  'microsoft.web/sites',
  'microsoft.web/serverfarms',
  'microsoft.storage/storageaccounts',
]);

/** How a type behaves; undefined for a type that is not simulated. */
export function behaviourOf(type: string): Behaviour | undefined {
  const key = type.toLowerCase();
  return Object.hasOwn(BEHAVIOURS, key) ? BEHAVIOURS[key] : undefined;
}

/** Whether writes of a type answer 200 instead of starting an operation. */
export function isImmediate(type: string): boolean {
  return IMMEDIATE.has(type.toLowerCase());
}

/** Whether the creation of a type answers 202. */
export function isAccepted(type: string): boolean {
  return ACCEPTED.has(type.toLowerCase());
}
