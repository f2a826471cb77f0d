import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './aws-asg-idle.ts';

const group = makeResource('aws.autoscaling.group', {
  id: 'g',
  attributes: { MinSize: 2, MaxSize: 4, DesiredCapacity: 2 },
});
const members = {
  others: ['i-1', 'i-2'].map((id) => makeResource('aws.ec2.instance', { id })),
  edges: ['g uses i-1', 'g uses i-2'],
  cost: '2',
};
/** Bytes a machine moves a day, both ways together. */
const metrics = (cpu: number, each: number) => ({
  'cpu_utilization.average': cpu,
  'network_in.sum': (each * 2) / 48,
  'network_out.sum': (each * 2) / 48,
});

describeRule(rule, [
  {
    when: 'quiet for two weeks',
    resource: group,
    ...members,
    metrics: metrics(1, 1e6),
    verdict: 'found',
    monthly: '121.76',
    action: {
      kind: 'operations',
      operations: [{ operation: 'set-size', parameters: { minimum: 0, maximum: 4, desired: 0 } }],
    },
  },
  {
    when: 'exactly at the limit of CPU',
    resource: group,
    ...members,
    metrics: metrics(5, 1e6),
    verdict: 'found',
  },
  {
    when: 'above the limit of CPU',
    resource: group,
    ...members,
    metrics: metrics(5.1, 1e6),
    verdict: 'clear',
  },
  {
    when: 'some traffic',
    resource: group,
    ...members,
    metrics: metrics(1, 5.1e6),
    verdict: 'found',
    confidence: 'low',
  },
  {
    when: 'quiet traffic',
    resource: group,
    ...members,
    metrics: metrics(1, 4.9e6),
    verdict: 'found',
    confidence: 'medium',
  },
  {
    when: 'much traffic: it forwards',
    resource: group,
    ...members,
    metrics: metrics(1, 501e6),
    verdict: 'clear',
  },
  {
    when: 'scaled to zero already',
    resource: { ...group, attributes: { MinSize: 0, MaxSize: 4, DesiredCapacity: 0 } },
    ...members,
    verdict: 'clear',
  },
  { when: 'never measured', resource: group, ...members, verdict: 'no_metrics' },
  {
    when: 'traffic not measured',
    resource: group,
    ...members,
    metrics: { 'cpu_utilization.average': 1 },
    verdict: 'no_metrics',
    detail: 'network_in',
  },
  {
    when: 'too young',
    resource: { ...group, createdAt: ago(13) },
    ...members,
    metrics: metrics(1, 1),
    verdict: 'too_young',
  },
  {
    when: 'the bill does not know the machines',
    resource: group,
    metrics: metrics(1, 1),
    verdict: 'found',
    monthly: null,
  },
]);
