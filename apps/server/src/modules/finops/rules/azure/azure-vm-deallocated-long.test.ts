import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './azure-vm-deallocated-long.ts';

const vm = makeResource('azure.compute.vm', {
  provider: 'azure',
  region: 'eastus',
  state: 'running',
  size: { sku: 'Standard_D2s_v3', cpus: 4, memoryGiB: 16 },
});
const off = { instanceView: { statuses: [{ code: 'PowerState/deallocated' }] } };
const silent = { value: () => null };
const parked = { ...vm, state: 'stopped' as const, attributes: off };
const disk = makeResource('azure.compute.disk', {
  provider: 'azure',
  id: 'd-1',
  size: { sku: 'Premium_LRS', storageGiB: 256 },
});
const known = { others: [disk], edges: ['r-1 uses d-1'] };

describeRule(rule, [
  {
    when: 'no metric in 30 days',
    resource: parked,
    ...known,
    metrics: { 'cpu_utilization.average': silent },
    cost: { 'd-1': '1.2' },
    verdict: 'found',
    monthly: '36.528',
    action: null,
  },
  {
    when: 'off since our history saw it',
    resource: { ...parked, stateSince: ago(30) },
    ...known,
    cost: { 'd-1': '1' },
    verdict: 'found',
  },
  {
    when: 'a day less',
    resource: { ...parked, stateSince: ago(29) },
    ...known,
    cost: { 'd-1': '1' },
    verdict: 'too_young',
  },
  {
    when: 'it ran within the time',
    resource: parked,
    ...known,
    metrics: { 'cpu_utilization.average': { value: 2, days: 20 } },
    cost: { 'd-1': '1' },
    verdict: 'too_young',
  },
  { when: 'never measured', resource: parked, ...known, cost: { 'd-1': '1' }, verdict: 'no_metrics' },
  { when: 'no disks', resource: parked, metrics: { 'cpu_utilization.average': silent }, verdict: 'clear' },
  {
    when: 'stopped but not deallocated',
    resource: { ...parked, attributes: { instanceView: { statuses: [{ code: 'PowerState/stopped' }] } } },
    ...known,
    verdict: 'clear',
  },
  {
    when: 'young',
    resource: { ...parked, createdAt: ago(5) },
    ...known,
    metrics: { 'cpu_utilization.average': silent },
    verdict: 'too_young',
  },
  { when: 'running', resource: vm, ...known, verdict: 'clear' },
]);
