import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './azure-vm-burstable-exhausted.ts';

const vm = makeResource('azure.compute.vm', {
  provider: 'azure',
  region: 'eastus',
  state: 'running',
  size: { sku: 'Standard_B2ms', cpus: 4, memoryGiB: 16 },
});

describeRule(rule, [
  {
    when: 'at what it earns',
    resource: vm,
    metrics: { 'cpu_utilization.average': 30 },
    verdict: 'found',
    monthly: null,
  },
  { when: 'just below', resource: vm, metrics: { 'cpu_utilization.average': 29 }, verdict: 'clear' },
  {
    when: 'no burstable size',
    resource: { ...vm, size: { sku: 'Standard_D2s_v5' } },
    metrics: { 'cpu_utilization.average': 90 },
    verdict: 'clear',
  },
  {
    when: 'a size that is not in the table',
    resource: { ...vm, size: { sku: 'Standard_B2ts_v2' } },
    metrics: { 'cpu_utilization.average': 90 },
    verdict: 'unknown_size',
  },
  { when: 'never measured', resource: vm, verdict: 'no_metrics' },
  { when: 'young', resource: { ...vm, createdAt: ago(13) }, verdict: 'too_young' },
]);
