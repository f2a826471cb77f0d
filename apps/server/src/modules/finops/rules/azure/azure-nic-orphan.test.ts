import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './azure-nic-orphan.ts';

const nic = makeResource('azure.network.nic', { provider: 'azure', state: 'available', createdAt: null });

describeRule(rule, [
  {
    when: 'of nothing',
    resource: nic,
    verdict: 'found',
    monthly: null,
    action: { kind: 'operations', operations: [{ operation: 'delete', parameters: {} }] },
  },
  { when: 'of a machine', resource: { ...nic, state: 'in_use' }, verdict: 'clear' },
  {
    when: 'a wait is wanted',
    resource: { ...nic, firstSeenAt: ago(6) },
    parameters: { days: 7 },
    verdict: 'too_young',
  },
]);
