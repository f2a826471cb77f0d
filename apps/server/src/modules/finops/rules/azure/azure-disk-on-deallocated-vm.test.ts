import { makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './azure-disk-on-deallocated-vm.ts';

const disk = makeResource('azure.compute.disk', {
  provider: 'azure',
  region: 'eastus',
  state: 'in_use',
  size: { sku: 'Premium_LRS', storageGiB: 512 },
});
const off = { instanceView: { statuses: [{ code: 'PowerState/deallocated' }] } };
const silent = { value: () => null };
const vm = makeResource('azure.compute.vm', {
  provider: 'azure',
  id: 'vm-1',
  state: 'stopped',
  attributes: off,
});
const prices = { 'disk Premium_LRS': '0.15', 'disk StandardSSD_LRS': '0.075', 'disk Standard_LRS': '0.05' };
const known = { others: [vm], edges: ['r-1 attached_to vm-1'], prices };

describeRule(rule, [
  {
    when: 'its machine is off for long',
    resource: disk,
    ...known,
    metrics: { 'cpu_utilization.average': silent },
    cost: '3',
    verdict: 'found',
    monthly: '60.88',
    recommended: ['Standard_LRS'],
    action: {
      kind: 'operations',
      operations: [{ operation: 'resize', parameters: { size: 'Standard_LRS' } }],
    },
  },
  {
    when: 'its machine ran lately',
    resource: disk,
    ...known,
    metrics: { 'cpu_utilization.average': { value: 3, days: 5 } },
    cost: '3',
    verdict: 'too_young',
  },
  {
    when: 'its machine runs',
    resource: disk,
    ...known,
    others: [{ ...vm, state: 'running', attributes: {} }],
    cost: '3',
    verdict: 'clear',
  },
  {
    when: 'it is an HDD',
    resource: { ...disk, size: { sku: 'Standard_LRS', storageGiB: 512 } },
    ...known,
    verdict: 'clear',
  },
  { when: 'never measured', resource: disk, ...known, cost: '3', verdict: 'no_metrics' },
  {
    when: 'the bill does not know it',
    resource: disk,
    ...known,
    metrics: { 'cpu_utilization.average': silent },
    verdict: 'no_cost',
  },
  { when: 'free', resource: { ...disk, state: 'available' }, ...known, verdict: 'clear' },
]);
