import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './azure-snapshot-not-incremental.ts';

const disk = '/subscriptions/s/resourcegroups/g/providers/microsoft.compute/disks/d';
const snapshot = makeResource('azure.compute.snapshot', {
  provider: 'azure',
  region: 'eastus',
  nativeId: '/subscriptions/s/resourcegroups/g/providers/microsoft.compute/snapshots/a',
  state: 'available',
  size: { sku: 'Premium_LRS', storageGiB: 512 },
  createdAt: ago(120),
  attributes: { creationData: { sourceResourceId: disk.toUpperCase() } },
});
const others = [1, 2].map((n) => ({ ...snapshot, id: `s-${n}`, createdAt: ago(n) }));

describeRule(rule, [
  { when: 'one of three full ones', resource: snapshot, others, verdict: 'found', monthly: null },
  { when: 'one of two', resource: snapshot, others: others.slice(0, 1), verdict: 'clear' },
  { when: 'the newest', resource: { ...snapshot, createdAt: ago(0.5) }, others, verdict: 'clear' },
  {
    when: 'incremental',
    resource: { ...snapshot, attributes: { ...snapshot.attributes, incremental: true } },
    others,
    verdict: 'clear',
  },
  { when: 'no source', resource: { ...snapshot, attributes: {} }, others, verdict: 'clear' },
]);
