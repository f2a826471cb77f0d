import { makeResource } from '../testing/resource.ts';
import { describeRule, unusedRows } from '../testing/table.ts';
import { rule } from './aws-tgw-attachment-idle.ts';

const link = makeResource('aws.ec2.transit-gateway-attachment', { state: 'running' });
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
  { when: 'being deleted', resource: { ...link, state: 'deleting' }, metrics: none, verdict: 'clear' },
  { when: 'the bill does not know it', resource: link, metrics: none, verdict: 'found', monthly: null },
]);
