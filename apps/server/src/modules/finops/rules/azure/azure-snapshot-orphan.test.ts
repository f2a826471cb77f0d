import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './azure-snapshot-orphan.ts';

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

describeRule(rule, [
  {
    when: 'its disk is gone',
    resource: snapshot,
    cost: '1',
    verdict: 'found',
    monthly: '30.44',
    confidence: 'low',
  },
  {
    when: 'its disk is there',
    resource: snapshot,
    others: [makeResource('azure.compute.disk', { id: 'd', nativeId: disk })],
    cost: '1',
    verdict: 'clear',
  },
  { when: 'exactly 30 days', resource: { ...snapshot, createdAt: ago(30) }, cost: '1', verdict: 'too_young' },
  {
    when: 'of another subscription',
    resource: { ...snapshot, nativeId: '/subscriptions/other/x' },
    verdict: 'clear',
  },
  { when: 'an import', resource: { ...snapshot, attributes: {} }, verdict: 'clear' },
]);
