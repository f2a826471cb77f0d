import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './azure-snapshot-premium.ts';

const snapshot = makeResource('azure.compute.snapshot', {
  provider: 'azure',
  region: 'eastus',
  nativeId: '/subscriptions/s/resourcegroups/g/providers/microsoft.compute/snapshots/a',
  state: 'available',
  size: { sku: 'Premium_LRS', storageGiB: 512 },
  createdAt: ago(120),
});
const prices = { 'snapshot Premium_LRS': '0.12', 'snapshot Standard_LRS': '0.06' };

describeRule(rule, [
  {
    when: 'on premium storage',
    resource: snapshot,
    prices,
    cost: '2',
    verdict: 'found',
    monthly: '30.44',
    action: null,
  },
  {
    when: 'on standard storage',
    resource: { ...snapshot, size: { sku: 'Standard_LRS' } },
    prices,
    cost: '2',
    verdict: 'clear',
  },
  { when: 'no price', resource: snapshot, cost: '2', verdict: 'no_price' },
  { when: 'the bill does not know it', resource: snapshot, prices, verdict: 'no_cost' },
  {
    when: 'the price is the same',
    resource: snapshot,
    prices: { 'snapshot Premium_LRS': '0.05', 'snapshot Standard_LRS': '0.05' },
    bill: 'sums',
    verdict: 'clear',
  },
]);
