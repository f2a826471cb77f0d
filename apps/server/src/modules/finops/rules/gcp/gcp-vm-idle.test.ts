import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './gcp-vm-idle.ts';

const vm = makeResource('gcp.compute.instance', {
  provider: 'gcp',
  region: 'us-central1',
  state: 'running',
  size: { sku: 'n2-standard-4', cpus: 4, memoryGiB: 16 },
});

describeRule(rule, [
  {
    when: 'quiet for a week',
    resource: vm,
    metrics: { 'cpu_utilization.average': 2, 'network_in.sum': 1000, 'network_out.sum': 1000 },
    cost: '4.61',
    verdict: 'found',
    monthly: '140.3284',
    confidence: 'medium',
    action: { kind: 'operations', operations: [{ operation: 'stop', parameters: {} }] },
  },
  {
    when: 'exactly at the threshold',
    resource: vm,
    metrics: { 'cpu_utilization.average': 5 },
    cost: '1',
    verdict: 'clear',
  },
  {
    when: 'quiet CPU and much traffic',
    resource: vm,
    metrics: { 'cpu_utilization.average': 2, 'network_in.sum': 1_000_000_000 },
    cost: '1',
    verdict: 'found',
    confidence: 'low',
  },
  { when: 'never measured', resource: vm, cost: '1', verdict: 'no_metrics', detail: 'cpu_utilization' },
  {
    when: 'three days of figures',
    resource: vm,
    metrics: { 'cpu_utilization.average': { value: 1, days: 3 } },
    cost: '1',
    verdict: 'too_few_metrics',
  },
  {
    when: 'young',
    resource: { ...vm, createdAt: ago(6) },
    metrics: { 'cpu_utilization.average': 1 },
    cost: '1',
    verdict: 'too_young',
    detail: '7 days',
  },
  {
    when: 'off',
    resource: { ...vm, state: 'stopped' },
    metrics: { 'cpu_utilization.average': 1 },
    verdict: 'clear',
  },
  {
    when: 'of a managed group',
    resource: {
      ...vm,
      attributes: {
        metadata: { items: [{ key: 'created-by', value: 'projects/1/zones/a/instanceGroupManagers/web' }] },
      },
    },
    metrics: { 'cpu_utilization.average': 1 },
    verdict: 'excluded',
    detail: 'managed instance group',
  },
  {
    when: 'spot',
    resource: { ...vm, attributes: { scheduling: { provisioningModel: 'SPOT' } } },
    metrics: { 'cpu_utilization.average': 1 },
    verdict: 'excluded',
  },
  {
    when: 'the bill does not know it',
    resource: vm,
    metrics: { 'cpu_utilization.average': 1 },
    verdict: 'found',
    monthly: null,
    confidence: 'low',
  },
  {
    when: 'the bill knows no resources',
    resource: vm,
    metrics: { 'cpu_utilization.average': 1 },
    bill: 'sums',
    verdict: 'found',
    monthly: null,
  },
]);
