import { makeResource } from '../testing/resource.ts';
import { describeRule, unusedRows } from '../testing/table.ts';
import { rule } from './aws-ec2-capacity-reservation-unused.ts';

const reservation = makeResource('aws.ec2.capacity-reservation', {
  state: 'active',
  attributes: { TotalInstanceCount: 4, AvailableInstanceCount: 4 },
});

describeRule(rule, [
  ...unusedRows({ resource: reservation, metrics: ['used_instances.maximum'], days: 7 }),
  {
    when: 'in use now',
    resource: { ...reservation, attributes: { TotalInstanceCount: 4, AvailableInstanceCount: 3 } },
    metrics: { 'used_instances.maximum': 0 },
    verdict: 'clear',
  },
  { when: 'cancelled', resource: { ...reservation, state: 'deleted' }, verdict: 'clear' },
  { when: 'no counts', resource: { ...reservation, attributes: {} }, verdict: 'unknown_size' },
  {
    when: 'the bill does not know it',
    resource: reservation,
    metrics: { 'used_instances.maximum': 0 },
    verdict: 'found',
    monthly: null,
  },
]);
