import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './azure-nsg-empty.ts';

const group = makeResource('azure.network.nsg', { provider: 'azure', state: 'available', createdAt: null });

describeRule(rule, [
  { when: 'of nothing for long', resource: group, verdict: 'found', monthly: null, action: null },
  { when: 'exactly a week', resource: { ...group, firstSeenAt: ago(7) }, verdict: 'found' },
  { when: 'less', resource: { ...group, firstSeenAt: ago(6.9) }, verdict: 'too_young', detail: '7 days' },
  { when: 'of a subnet', resource: { ...group, state: 'in_use' }, verdict: 'clear' },
]);
