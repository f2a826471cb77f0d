import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './azure-nat-orphan.ts';

const gateway = makeResource('azure.network.nat_gateway', { provider: 'azure', state: 'available' });

describeRule(rule, [
  { when: 'of no subnet', resource: gateway, cost: '1.08', verdict: 'found', monthly: '32.8752' },
  { when: 'of a subnet', resource: { ...gateway, state: 'in_use' }, verdict: 'clear' },
  {
    when: 'a wait is wanted',
    resource: { ...gateway, createdAt: ago(2) },
    parameters: { days: 3 },
    verdict: 'too_young',
  },
  { when: 'the bill does not know it', resource: gateway, verdict: 'found', monthly: null },
]);
