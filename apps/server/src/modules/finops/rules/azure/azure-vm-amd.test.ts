import { makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './azure-vm-amd.ts';

const vm = makeResource('azure.compute.vm', {
  provider: 'azure',
  region: 'eastus',
  state: 'running',
  size: { sku: 'Standard_D4s_v5', cpus: 4, memoryGiB: 16 },
});
const prices = { 'compute Standard_D4s_v5 linux': '0.192', 'compute Standard_D4as_v5 linux': '0.172' };

describeRule(rule, [
  {
    when: 'the AMD sibling costs less',
    resource: vm,
    prices,
    cost: '4.8',
    verdict: 'found',
    recommended: ['Standard_D4as_v5'],
    monthly: '15.22',
    action: {
      kind: 'operations',
      operations: [
        { operation: 'stop', parameters: {} },
        { operation: 'resize', parameters: { size: 'Standard_D4as_v5' } },
        { operation: 'start', parameters: {} },
      ],
    },
  },
  {
    when: 'it is AMD',
    resource: { ...vm, size: { sku: 'Standard_D4as_v5' } },
    prices,
    cost: '4.8',
    verdict: 'clear',
  },
  {
    when: 'an older one is another rule’s',
    resource: { ...vm, size: { sku: 'Standard_D4s_v3' } },
    prices,
    cost: '4.8',
    verdict: 'clear',
  },
  {
    when: 'Windows',
    resource: { ...vm, attributes: { storageProfile: { osDisk: { osType: 'Windows' } } } },
    prices,
    cost: '4.8',
    verdict: 'no_price',
  },
  {
    when: 'the sibling has no price',
    resource: vm,
    prices: { 'compute Standard_D4s_v5 linux': '0.192' },
    cost: '4.8',
    verdict: 'no_price',
  },
  { when: 'the bill does not know it', resource: vm, prices, verdict: 'no_cost' },
]);
