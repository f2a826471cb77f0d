import { ago, makeResource } from '../testing/resource.ts';
import { describeRule, unusedRows } from '../testing/table.ts';
import { rule } from './aws-vpn-idle.ts';

const link = makeResource('aws.ec2.vpn-connection', { state: 'running' });
const none = { 'network_in.sum': 0, 'network_out.sum': 0 };

describeRule(rule, [
  ...unusedRows({ resource: link, metrics: ['network_in.sum', 'network_out.sum'], days: 30 }),
  {
    when: 'money',
    resource: link,
    metrics: none,
    cost: '1.2',
    verdict: 'found',
    monthly: '36.528',
    action: null,
  },
  {
    when: 'nobody says when it was made, but it was measured all the time',
    resource: { ...link, createdAt: null, firstSeenAt: ago(0) },
    metrics: none,
    cost: '1.2',
    verdict: 'found',
  },
  {
    when: 'nobody says when it was made, and it was measured for some days',
    resource: { ...link, createdAt: null, firstSeenAt: ago(0) },
    metrics: { 'network_in.sum': { value: 0, days: 5 }, 'network_out.sum': 0 },
    cost: '1.2',
    verdict: 'too_young',
  },
  { when: 'being deleted', resource: { ...link, state: 'deleting' }, metrics: none, verdict: 'clear' },
  { when: 'the bill does not know it', resource: link, metrics: none, verdict: 'found', monthly: null },
]);
