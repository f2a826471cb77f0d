import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './azure-vm-cross-family.ts';

const vm = makeResource('azure.compute.vm', {
  provider: 'azure',
  region: 'eastus',
  state: 'running',
  size: { sku: 'Standard_E8s_v5', cpus: 4, memoryGiB: 16 },
});
const prices = {
  'compute Standard_E8s_v5 linux': '0.504',
  'compute Standard_D8s_v5 linux': '0.384',
  'compute Standard_F8s_v2 linux': '0.338',
};

describeRule(rule, [
  {
    when: 'little memory and a busy CPU',
    resource: vm,
    metrics: { 'cpu_utilization.maximum': 90, 'memory_used_percent.maximum': 15 },
    prices,
    cost: '5.04',
    verdict: 'found',
    recommended: ['Standard_D8s_v5'],
    monthly: '36.528',
  },
  {
    when: 'little memory and a calm CPU',
    resource: vm,
    metrics: { 'cpu_utilization.maximum': 30, 'memory_used_percent.maximum': 20 },
    prices,
    cost: '5',
    verdict: 'found',
    recommended: ['Standard_F8s_v2'],
  },
  {
    when: 'exactly what half of the memory carries',
    resource: vm,
    metrics: { 'cpu_utilization.maximum': 30, 'memory_used_percent.maximum': 40 },
    prices,
    cost: '5',
    verdict: 'found',
    recommended: ['Standard_D8s_v5'],
  },
  {
    when: 'more memory',
    resource: vm,
    metrics: { 'cpu_utilization.maximum': 30, 'memory_used_percent.maximum': 40.1 },
    prices,
    cost: '5',
    verdict: 'clear',
  },
  {
    when: 'memory is not measured',
    resource: vm,
    metrics: { 'cpu_utilization.maximum': 30 },
    prices,
    cost: '5',
    verdict: 'no_metrics',
    detail: 'memory_used_percent',
  },
  {
    when: 'a compute size has nothing leaner',
    resource: { ...vm, size: { sku: 'Standard_F8s_v2' } },
    metrics: { 'cpu_utilization.maximum': 30, 'memory_used_percent.maximum': 10 },
    prices,
    cost: '5',
    verdict: 'clear',
  },
  {
    when: 'the bill does not know it',
    resource: vm,
    metrics: { 'cpu_utilization.maximum': 30, 'memory_used_percent.maximum': 10 },
    prices,
    verdict: 'no_cost',
  },
  { when: 'young', resource: { ...vm, createdAt: ago(2) }, verdict: 'too_young' },
]);
