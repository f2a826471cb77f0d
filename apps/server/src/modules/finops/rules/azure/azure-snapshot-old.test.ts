import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './azure-snapshot-old.ts';

const snapshot = makeResource('azure.compute.snapshot', {
  provider: 'azure',
  region: 'eastus',
  nativeId: '/subscriptions/s/resourcegroups/g/providers/microsoft.compute/snapshots/a',
  state: 'available',
  size: { sku: 'Premium_LRS', storageGiB: 512 },
  createdAt: ago(120),
});

describeRule(rule, [
  {
    when: '120 days old',
    resource: snapshot,
    cost: '1',
    verdict: 'found',
    monthly: '30.44',
    action: { kind: 'quarantine_delete', operations: [] },
  },
  {
    when: 'exactly 90',
    resource: { ...snapshot, createdAt: ago(90) },
    cost: '1',
    verdict: 'too_young',
    detail: '90 days',
  },
  { when: 'a little more', resource: { ...snapshot, createdAt: ago(90.01) }, cost: '1', verdict: 'found' },
  { when: 'being made', resource: { ...snapshot, state: 'creating' }, verdict: 'clear' },
  { when: 'the bill does not know it', resource: snapshot, verdict: 'found', monthly: null },
]);
