import { makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './gcp-vm-custom-to-predefined.ts';

const vm = makeResource('gcp.compute.instance', {
  provider: 'gcp',
  region: 'us-central1',
  state: 'running',
  size: { sku: 'n2-custom-4-16384', cpus: 4, memoryGiB: 16 },
});
const prices = {
  'compute n2-custom-4-16384': '0.21',
  'compute n2-standard-4': '0.2',
  'compute n2-highmem-4': '0.3',
  'compute n2-highcpu-16': '0.6',
};

describeRule(rule, [
  {
    when: 'a predefined twin',
    resource: vm,
    prices,
    cost: '10.5',
    verdict: 'found',
    monthly: '15.22',
    recommended: ['n2-standard-4'],
  },
  {
    when: 'every predefined one that fits is dearer',
    resource: { ...vm, size: { sku: 'n2-custom-6-20480' } },
    prices: { 'compute n2-custom-6-20480': '0.3', 'compute n2-standard-8': '0.4' },
    cost: '10',
    verdict: 'clear',
  },
  { when: 'predefined', resource: { ...vm, size: { sku: 'n2-standard-4' } }, verdict: 'clear' },
  { when: 'no price', resource: vm, cost: '10', verdict: 'no_price' },
  { when: 'the bill does not know it', resource: vm, prices, verdict: 'no_cost' },
  {
    when: 'spot',
    resource: { ...vm, attributes: { scheduling: { provisioningModel: 'SPOT' } } },
    verdict: 'excluded',
  },
  { when: 'off', resource: { ...vm, state: 'stopped' }, verdict: 'clear' },
]);
