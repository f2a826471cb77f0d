import { makeResource } from '../testing/resource.ts';
import { describeRule, unusedRows } from '../testing/table.ts';
import { rule } from './aws-vpce-idle.ts';

const endpoint = makeResource('aws.ec2.vpc-endpoint', {
  state: 'running',
  attributes: { VpcEndpointType: 'Interface' },
});

describeRule(rule, [
  ...unusedRows({ resource: endpoint, metrics: ['network_bytes.sum'], days: 30 }),
  {
    when: 'money and plan',
    resource: endpoint,
    metrics: { 'network_bytes.sum': 0 },
    cost: '0.24',
    verdict: 'found',
    monthly: '7.3056',
    action: { kind: 'operations', operations: [{ operation: 'delete', parameters: {} }] },
  },
  {
    when: 'a gateway endpoint',
    resource: { ...endpoint, attributes: { VpcEndpointType: 'Gateway' } },
    metrics: { 'network_bytes.sum': 0 },
    verdict: 'clear',
  },
  { when: 'being deleted', resource: { ...endpoint, state: 'deleting' }, verdict: 'clear' },
]);
