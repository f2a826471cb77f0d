import { makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './azure-vm-old-family.ts';

const vm = makeResource('azure.compute.vm', {
  provider: 'azure',
  region: 'eastus',
  state: 'running',
  size: { sku: 'Standard_D4s_v3', cpus: 4, memoryGiB: 16 },
});
const prices = {
  'compute Standard_D4s_v3 linux': '0.192',
  'compute Standard_D4s_v5 linux': '0.192',
  'compute Standard_D4as_v5 linux': '0.172',
};

describeRule(rule, [
  {
    when: 'an AMD successor costs less',
    resource: vm,
    prices,
    cost: '4.8',
    verdict: 'found',
    recommended: ['Standard_D4as_v5'],
    monthly: '15.22',
  },
  {
    when: 'no successor costs less',
    resource: vm,
    prices: { 'compute Standard_D4s_v3 linux': '0.15', 'compute Standard_D4s_v5 linux': '0.192' },
    cost: '4.8',
    verdict: 'clear',
  },
  {
    when: 'of this generation',
    resource: { ...vm, size: { sku: 'Standard_D4s_v5' } },
    prices,
    cost: '4.8',
    verdict: 'clear',
  },
  {
    when: 'with a local disk',
    resource: { ...vm, size: { sku: 'Standard_D4ds_v4' } },
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
    detail: 'windows',
  },
  { when: 'no price', resource: vm, cost: '4.8', verdict: 'no_price' },
  { when: 'the bill does not know it', resource: vm, prices, verdict: 'no_cost' },
  {
    when: 'of a scale set',
    resource: { ...vm, attributes: { virtualMachineScaleSet: { id: '/x' } } },
    prices,
    verdict: 'excluded',
  },
  { when: 'off', resource: { ...vm, state: 'stopped' }, verdict: 'clear' },
]);
