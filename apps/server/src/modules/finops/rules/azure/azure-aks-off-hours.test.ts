import { makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './azure-aks-off-hours.ts';

const cluster = makeResource('azure.aks.cluster', {
  provider: 'azure',
  region: 'eastus',
  state: 'running',
  createdAt: null,
  tags: { env: 'development' },
  size: { sku: 'Standard_D4s_v5', nodes: 2 },
  attributes: { sku: { tier: 'Standard' }, agentPoolProfiles: [{ name: 'system', count: 2 }] },
});
const office = (hour: number): number => (hour < 120 && hour % 24 >= 11 && hour % 24 < 22 ? 40 : 1);

describeRule(rule, [
  {
    when: 'used on working days',
    resource: cluster,
    metrics: { 'cpu_utilization.average': { value: office } },
    cost: '10',
    verdict: 'found',
  },
  {
    when: 'used day and night',
    resource: cluster,
    metrics: { 'cpu_utilization.average': 40 },
    cost: '10',
    verdict: 'clear',
  },
  { when: 'production', resource: { ...cluster, tags: { env: 'prod' } }, verdict: 'excluded' },
  { when: 'never measured', resource: cluster, cost: '10', verdict: 'no_metrics' },
  {
    when: 'the bill does not know it',
    resource: cluster,
    metrics: { 'cpu_utilization.average': { value: office } },
    verdict: 'no_cost',
  },
  { when: 'stopped', resource: { ...cluster, state: 'stopped' }, verdict: 'clear' },
]);
