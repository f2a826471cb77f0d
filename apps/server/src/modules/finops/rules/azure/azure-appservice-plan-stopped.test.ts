import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './azure-appservice-plan-stopped.ts';

const plan = makeResource('azure.web.plan', {
  provider: 'azure',
  region: 'eastus',
  state: 'in_use',
  createdAt: null,
  size: { sku: 'S1', nodes: 1 },
});
const app = makeResource('azure.web.site', { id: 'app-1', state: 'stopped' });

describeRule(rule, [
  {
    when: 'its app is stopped',
    resource: plan,
    others: [app],
    edges: ['app-1 part_of r-1'],
    cost: '1',
    verdict: 'found',
    monthly: '30.44',
    action: null,
  },
  {
    when: 'one runs',
    resource: plan,
    others: [app, { ...app, id: 'app-2', state: 'running' }],
    edges: ['app-1 part_of r-1', 'app-2 part_of r-1'],
    verdict: 'clear',
  },
  { when: 'no apps are known', resource: plan, verdict: 'clear' },
  {
    when: 'free of charge',
    resource: { ...plan, size: { sku: 'D1' } },
    others: [app],
    edges: ['app-1 part_of r-1'],
    verdict: 'clear',
  },
  {
    when: 'young',
    resource: { ...plan, firstSeenAt: ago(6) },
    others: [app],
    edges: ['app-1 part_of r-1'],
    verdict: 'too_young',
  },
]);
