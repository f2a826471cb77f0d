import { makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './azure-public-ip-stopped-vm.ts';

const address = makeResource('azure.network.public_ip', {
  provider: 'azure',
  region: 'eastus',
  state: 'in_use',
  createdAt: null,
  size: { sku: 'Standard' },
  attributes: { ipAddress: '20.9.1.4' },
});
const prices = { 'ip_address Standard': '0.005' };
const off = { instanceView: { statuses: [{ code: 'PowerState/deallocated' }] } };
const silent = { value: () => null };
const nic = makeResource('azure.network.nic', { id: 'n-1' });
const vm = makeResource('azure.compute.vm', { id: 'vm-1', state: 'stopped', attributes: off });
const known = { others: [nic, vm], edges: ['r-1 attached_to n-1', 'n-1 attached_to vm-1'], prices };

describeRule(rule, [
  {
    when: 'its machine is off for long',
    resource: address,
    ...known,
    metrics: { 'cpu_utilization.average': silent },
    verdict: 'found',
    monthly: '3.6525',
    action: null,
  },
  {
    when: 'its machine ran lately',
    resource: address,
    ...known,
    metrics: { 'cpu_utilization.average': { value: 1, days: 3 } },
    verdict: 'too_young',
  },
  {
    when: 'its machine runs',
    resource: address,
    ...known,
    others: [nic, { ...vm, state: 'running', attributes: {} }],
    verdict: 'clear',
  },
  { when: 'of a gateway', resource: address, prices, verdict: 'clear' },
  {
    when: 'no price',
    resource: address,
    ...known,
    prices: {},
    metrics: { 'cpu_utilization.average': silent },
    verdict: 'no_price',
  },
  { when: 'free', resource: { ...address, state: 'available' }, ...known, verdict: 'clear' },
]);
