import { makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './azure-aks-idle.ts';

const cluster = makeResource('azure.aks.cluster', {
  provider: 'azure',
  region: 'eastus',
  state: 'running',
  createdAt: null,
  tags: { env: 'development' },
  size: { sku: 'Standard_D4s_v5', nodes: 2 },
  attributes: { sku: { tier: 'Standard' }, agentPoolProfiles: [{ name: 'system', count: 2 }] },
});

describeRule(rule, [
  {
    when: 'no load',
    resource: cluster,
    metrics: { 'cpu_utilization.maximum': 4 },
    cost: '10',
    verdict: 'found',
    monthly: '304.4',
    action: { kind: 'operations', operations: [{ operation: 'stop', parameters: {} }] },
  },
  {
    when: 'exactly at the mark',
    resource: cluster,
    metrics: { 'cpu_utilization.maximum': 10 },
    cost: '10',
    verdict: 'found',
  },
  {
    when: 'a busy hour',
    resource: cluster,
    metrics: { 'cpu_utilization.maximum': { value: (h) => (h === 50 ? 60 : 2) } },
    cost: '10',
    verdict: 'clear',
  },
  {
    when: 'production',
    resource: { ...cluster, tags: { env: 'prod' } },
    metrics: { 'cpu_utilization.maximum': 4 },
    verdict: 'excluded',
  },
  { when: 'never measured', resource: cluster, verdict: 'no_metrics' },
  {
    when: 'three days of figures',
    resource: cluster,
    metrics: { 'cpu_utilization.maximum': { value: 1, days: 3 } },
    verdict: 'too_few_metrics',
  },
  { when: 'stopped', resource: { ...cluster, state: 'stopped' }, verdict: 'clear' },
  {
    when: 'the bill does not know it',
    resource: cluster,
    metrics: { 'cpu_utilization.maximum': 4 },
    verdict: 'found',
    monthly: null,
  },
]);
