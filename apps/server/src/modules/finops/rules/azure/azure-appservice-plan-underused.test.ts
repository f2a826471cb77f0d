import { makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './azure-appservice-plan-underused.ts';

const plan = makeResource('azure.web.plan', {
  provider: 'azure',
  region: 'eastus',
  state: 'in_use',
  createdAt: null,
  size: { sku: 'P2v3', nodes: 1 },
});
const prices = { 'function P2v3': '0.31', 'function P1v3': '0.155' };

describeRule(rule, [
  {
    when: 'half carries it',
    resource: plan,
    metrics: { 'cpu_utilization.maximum': 20, 'memory_used_percent.maximum': 25 },
    prices,
    cost: '8',
    verdict: 'found',
    monthly: '121.76',
    recommended: ['P1v3'],
  },
  {
    when: 'exactly at the mark',
    resource: plan,
    metrics: { 'cpu_utilization.maximum': 40, 'memory_used_percent.maximum': 40 },
    prices,
    cost: '8',
    verdict: 'found',
  },
  {
    when: 'memory above it',
    resource: plan,
    metrics: { 'cpu_utilization.maximum': 20, 'memory_used_percent.maximum': 41 },
    prices,
    cost: '8',
    verdict: 'clear',
  },
  {
    when: 'memory is not measured',
    resource: plan,
    metrics: { 'cpu_utilization.maximum': 20 },
    prices,
    cost: '8',
    verdict: 'no_metrics',
    detail: 'memory_used_percent',
  },
  { when: 'the smallest of its tier', resource: { ...plan, size: { sku: 'P1v3' } }, verdict: 'clear' },
  { when: 'a tier that is not known', resource: { ...plan, size: { sku: 'EP1' } }, verdict: 'clear' },
  {
    when: 'no price',
    resource: plan,
    metrics: { 'cpu_utilization.maximum': 20, 'memory_used_percent.maximum': 25 },
    cost: '8',
    verdict: 'no_price',
  },
  {
    when: 'the bill does not know it',
    resource: plan,
    metrics: { 'cpu_utilization.maximum': 20, 'memory_used_percent.maximum': 25 },
    prices,
    verdict: 'no_cost',
  },
]);
