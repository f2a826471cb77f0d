import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './aws-elb-no-targets.ts';

const balancer = makeResource('aws.elb.load-balancer', {
  id: 'lb',
  state: 'running',
  size: { sku: 'application' },
});
const group = (counts: Record<string, number> | null) => ({
  others: [makeResource('aws.elb.target-group', { id: 'tg', attributes: { TargetHealthCounts: counts } })],
  edges: ['tg member_of lb'],
  cost: '0.6',
});

describeRule(rule, [
  {
    when: 'its group is empty',
    resource: balancer,
    ...group({}),
    verdict: 'found',
    monthly: '18.264',
    why: /Its target group has no target/,
  },
  {
    when: 'it has a target, if only an unhealthy one',
    resource: balancer,
    ...group({ unhealthy: 1 }),
    verdict: 'clear',
  },
  { when: 'targets may not be read', resource: balancer, ...group(null), verdict: 'missing_permission' },
  {
    when: 'no group and no request',
    resource: balancer,
    cost: '0.6',
    metrics: { 'requests.sum': 0 },
    verdict: 'found',
  },
  {
    when: 'no group, but requests: it redirects',
    resource: balancer,
    cost: '0.6',
    metrics: { 'requests.sum': 2 },
    verdict: 'clear',
  },
  { when: 'no group and never measured', resource: balancer, cost: '0.6', verdict: 'no_metrics' },
  { when: 'exactly a day old', resource: { ...balancer, createdAt: ago(1) }, ...group({}), verdict: 'found' },
  { when: 'younger', resource: { ...balancer, createdAt: ago(0.9) }, ...group({}), verdict: 'too_young' },
  {
    when: 'the bill does not know it',
    resource: balancer,
    ...group({}),
    cost: {},
    verdict: 'found',
    monthly: null,
  },
]);
