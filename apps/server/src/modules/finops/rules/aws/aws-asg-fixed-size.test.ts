import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './aws-asg-fixed-size.ts';

const group = (MinSize: number, DesiredCapacity: number, more = {}) =>
  makeResource('aws.autoscaling.group', {
    id: 'g',
    attributes: { MinSize, MaxSize: 8, DesiredCapacity },
    ...more,
  });
const members = {
  others: ['i-1', 'i-2', 'i-3', 'i-4'].map((id) => makeResource('aws.ec2.instance', { id })),
  edges: ['g uses i-1', 'g uses i-2', 'g uses i-3', 'g uses i-4'],
  cost: '2',
};

describeRule(rule, [
  {
    when: 'four machines at 10 %',
    resource: group(4, 4),
    ...members,
    metrics: { 'cpu_utilization.average': 10 },
    verdict: 'found',
    monthly: '182.64',
    action: {
      kind: 'operations',
      operations: [{ operation: 'set-size', parameters: { minimum: 1, maximum: 8, desired: 1 } }],
    },
  },
  {
    when: 'a busy hour keeps more',
    resource: group(4, 4),
    ...members,
    metrics: { 'cpu_utilization.average': { value: (h) => (h === 9 ? 40 : 5) } },
    verdict: 'found',
    recommended: ['3'],
  },
  {
    when: 'a busy hour that needs them all',
    resource: group(4, 4),
    ...members,
    metrics: { 'cpu_utilization.average': { value: (h) => (h === 9 ? 50 : 5) } },
    verdict: 'clear',
  },
  {
    when: 'exactly at the limit',
    resource: group(4, 4),
    ...members,
    metrics: { 'cpu_utilization.average': 20 },
    verdict: 'clear',
  },
  {
    when: 'just below the limit',
    resource: group(4, 4),
    ...members,
    metrics: { 'cpu_utilization.average': 19.9 },
    verdict: 'found',
  },
  {
    when: 'above its floor',
    resource: group(2, 4),
    ...members,
    metrics: { 'cpu_utilization.average': 5 },
    verdict: 'clear',
  },
  {
    when: 'one machine',
    resource: group(1, 1),
    ...members,
    metrics: { 'cpu_utilization.average': 5 },
    verdict: 'clear',
  },
  { when: 'never measured', resource: group(4, 4), ...members, verdict: 'no_metrics' },
  {
    when: 'too young',
    resource: group(4, 4, { createdAt: ago(29) }),
    ...members,
    metrics: { 'cpu_utilization.average': 5 },
    verdict: 'too_young',
  },
  {
    when: 'the bill does not know the machines',
    resource: group(4, 4),
    ...members,
    cost: {},
    metrics: { 'cpu_utilization.average': 5 },
    verdict: 'no_cost',
  },
  { when: 'no sizes', resource: makeResource('aws.autoscaling.group'), verdict: 'unknown_size' },
]);
