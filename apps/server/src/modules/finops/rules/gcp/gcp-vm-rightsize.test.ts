import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './gcp-vm-rightsize.ts';

const vm = makeResource('gcp.compute.instance', {
  provider: 'gcp',
  region: 'us-central1',
  state: 'running',
  size: { sku: 'n2-standard-8', cpus: 8, memoryGiB: 32 },
});
const prices = {
  'compute n2-standard-8': '0.4',
  'compute n2-standard-4': '0.2',
  'compute n2-standard-2': '0.1',
};

describeRule(rule, [
  {
    when: 'without memory half stays',
    resource: vm,
    metrics: { 'cpu_utilization.maximum': 15 },
    prices,
    cost: '10',
    verdict: 'found',
    monthly: '152.2',
    recommended: ['n2-standard-4'],
    confidence: 'low',
    action: {
      kind: 'operations',
      operations: [
        { operation: 'stop', parameters: {} },
        { operation: 'resize', parameters: { size: 'n2-standard-4' } },
        { operation: 'start', parameters: {} },
      ],
    },
  },
  {
    when: 'memory is low too',
    resource: vm,
    metrics: { 'cpu_utilization.maximum': 15, 'memory_used_percent.maximum': 20 },
    prices,
    cost: '10',
    verdict: 'found',
    recommended: ['n2-standard-2'],
    confidence: 'medium',
  },
  {
    when: 'memory is full',
    resource: vm,
    metrics: { 'cpu_utilization.maximum': 15, 'memory_used_percent.maximum': 70 },
    prices,
    cost: '10',
    verdict: 'clear',
  },
  {
    when: 'exactly at the mark',
    resource: vm,
    metrics: { 'cpu_utilization.maximum': 40 },
    prices,
    cost: '10',
    verdict: 'found',
    recommended: ['n2-standard-4'],
  },
  { when: 'above the mark', resource: vm, metrics: { 'cpu_utilization.maximum': 40.1 }, verdict: 'clear' },
  { when: 'never measured', resource: vm, verdict: 'no_metrics' },
  { when: 'young', resource: { ...vm, createdAt: ago(13) }, verdict: 'too_young' },
  {
    when: 'a custom type',
    resource: { ...vm, size: { sku: 'n2-custom-6-20480', cpus: 6, memoryGiB: 20 } },
    verdict: 'unknown_size',
  },
  {
    when: 'with a GPU',
    resource: { ...vm, attributes: { guestAccelerators: [{ acceleratorCount: 1 }] } },
    verdict: 'excluded',
    detail: 'GPU',
  },
  { when: 'no price', resource: vm, metrics: { 'cpu_utilization.maximum': 15 }, verdict: 'no_price' },
  {
    when: 'the bill does not know it',
    resource: vm,
    metrics: { 'cpu_utilization.maximum': 15 },
    prices,
    verdict: 'no_cost',
  },
  { when: 'off', resource: { ...vm, state: 'stopped' }, verdict: 'clear' },
]);
