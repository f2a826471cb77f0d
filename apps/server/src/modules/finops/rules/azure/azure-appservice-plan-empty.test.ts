import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './azure-appservice-plan-empty.ts';

const plan = makeResource('azure.web.plan', {
  provider: 'azure',
  region: 'eastus',
  state: 'available',
  createdAt: null,
  size: { sku: 'S1', nodes: 1 },
});
const app = makeResource('azure.web.site', { id: 'app-1', state: 'stopped' });

describeRule(rule, [
  {
    when: 'no app',
    resource: plan,
    cost: '2.28',
    verdict: 'found',
    monthly: '69.4032',
    action: { kind: 'operations', operations: [{ operation: 'delete', parameters: {} }] },
  },
  {
    when: 'an app the plan’s count does not know yet',
    resource: plan,
    others: [app],
    edges: ['app-1 part_of r-1'],
    verdict: 'clear',
  },
  { when: 'free of charge', resource: { ...plan, size: { sku: 'F1' } }, verdict: 'clear' },
  { when: 'in use', resource: { ...plan, state: 'in_use' }, verdict: 'clear' },
  {
    when: 'a wait is wanted',
    resource: { ...plan, firstSeenAt: ago(2) },
    parameters: { days: 3 },
    verdict: 'too_young',
  },
]);
