import { makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './azure-appservice-plan-old-generation.ts';

const plan = makeResource('azure.web.plan', {
  provider: 'azure',
  region: 'eastus',
  state: 'in_use',
  createdAt: null,
  size: { sku: 'S1', nodes: 1 },
});
const prices = { 'function S1': '0.1', 'function P0v3': '0.08' };

describeRule(rule, [
  {
    when: 'the successor costs less',
    resource: plan,
    prices,
    cost: '2',
    verdict: 'found',
    monthly: '12.176',
    recommended: ['P0v3'],
  },
  {
    when: 'it costs more here',
    resource: plan,
    prices: { 'function S1': '0.1', 'function P0v3': '0.11' },
    cost: '2',
    verdict: 'clear',
  },
  {
    when: 'of the present generation',
    resource: { ...plan, size: { sku: 'P1v3' } },
    prices,
    cost: '2',
    verdict: 'clear',
  },
  { when: 'empty: another rule’s', resource: { ...plan, state: 'available' }, prices, verdict: 'clear' },
  { when: 'no price', resource: plan, cost: '2', verdict: 'no_price' },
  { when: 'the bill does not know it', resource: plan, prices, verdict: 'no_cost' },
]);
