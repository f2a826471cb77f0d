import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './azure-vm-underused.ts';

const vm = makeResource('azure.compute.vm', {
  provider: 'azure',
  region: 'eastus',
  state: 'running',
  size: { sku: 'Standard_D8s_v5', cpus: 4, memoryGiB: 16 },
});
const prices = {
  'compute Standard_D8s_v5 linux': '0.384',
  'compute Standard_D4s_v5 linux': '0.192',
  'compute Standard_D2s_v5 linux': '0.096',
};

describeRule(rule, [
  {
    when: 'half carries it',
    resource: vm,
    metrics: { 'cpu_utilization.maximum': 18, 'memory_used_percent.maximum': 35 },
    prices,
    cost: '10',
    verdict: 'found',
    monthly: '152.2',
    recommended: ['Standard_D4s_v5'],
    confidence: 'medium',
  },
  {
    when: 'a quarter carries it',
    resource: vm,
    metrics: { 'cpu_utilization.maximum': 18, 'memory_used_percent.maximum': 20 },
    prices,
    cost: '10',
    verdict: 'found',
    recommended: ['Standard_D2s_v5'],
  },
  {
    when: 'memory is not measured: half stays',
    resource: vm,
    metrics: { 'cpu_utilization.maximum': 5 },
    prices,
    cost: '10',
    verdict: 'found',
    recommended: ['Standard_D4s_v5'],
    confidence: 'low',
  },
  {
    when: 'memory needs the size',
    resource: vm,
    metrics: { 'cpu_utilization.maximum': 5, 'memory_used_percent.maximum': 41 },
    prices,
    cost: '10',
    verdict: 'clear',
  },
  {
    when: 'exactly at the mark',
    resource: vm,
    metrics: { 'cpu_utilization.maximum': 40, 'memory_used_percent.maximum': 40 },
    prices,
    cost: '10',
    verdict: 'found',
  },
  {
    when: 'above it',
    resource: vm,
    metrics: { 'cpu_utilization.maximum': 40.1, 'memory_used_percent.maximum': 10 },
    prices,
    cost: '10',
    verdict: 'clear',
  },
  { when: 'never measured', resource: vm, prices, cost: '10', verdict: 'no_metrics' },
  {
    when: 'young',
    resource: { ...vm, createdAt: ago(13) },
    metrics: { 'cpu_utilization.maximum': 5 },
    prices,
    cost: '10',
    verdict: 'too_young',
  },
  {
    when: 'an unusual name',
    resource: { ...vm, size: { sku: 'Standard_B4ms' } },
    metrics: { 'cpu_utilization.maximum': 5 },
    cost: '10',
    verdict: 'unknown_size',
  },
  {
    when: 'no price',
    resource: vm,
    metrics: { 'cpu_utilization.maximum': 5 },
    cost: '10',
    verdict: 'no_price',
  },
  {
    when: 'the bill does not know it',
    resource: vm,
    metrics: { 'cpu_utilization.maximum': 5 },
    prices,
    verdict: 'no_cost',
  },
  {
    when: 'the bill knows no resources',
    resource: vm,
    metrics: { 'cpu_utilization.maximum': 5 },
    prices,
    bill: 'sums',
    verdict: 'found',
    monthly: null,
    confidence: 'low',
  },
  { when: 'off', resource: { ...vm, state: 'stopped' }, verdict: 'clear' },
]);
