import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './aws-elb-classic-unused.ts';

const balancer = (instances: number, more = {}) =>
  makeResource('aws.elb.classic-load-balancer', {
    state: 'running',
    attributes: { Instances: Array.from({ length: instances }, (_, i) => ({ InstanceId: `i-${i}` })) },
    ...more,
  });
/** Requests and bytes a day. */
const metrics = (requests: number, bytes = 0) => ({
  'requests.sum': { value: (h: number) => (h % 24 === 1 ? requests : 0) },
  'network_out.sum': { value: (h: number) => (h % 24 === 1 ? bytes : 0) },
});

describeRule(rule, [
  {
    when: 'no instance',
    resource: balancer(0),
    cost: '0.6',
    verdict: 'found',
    monthly: '18.264',
    action: null,
    why: /No instance/,
  },
  {
    when: 'hardly a request',
    resource: balancer(2),
    metrics: metrics(2),
    cost: '0.6',
    verdict: 'found',
    why: /28 requests/,
  },
  {
    when: 'exactly ten requests a day',
    resource: balancer(2),
    metrics: metrics(10),
    cost: '0.6',
    verdict: 'clear',
  },
  {
    when: 'bytes without requests: TCP',
    resource: balancer(2),
    metrics: metrics(0, 5e6),
    cost: '0.6',
    verdict: 'clear',
  },
  { when: 'never measured', resource: balancer(2), cost: '0.6', verdict: 'no_metrics' },
  {
    when: 'made an hour ago',
    resource: balancer(0, { createdAt: ago(0.05) }),
    cost: '0.6',
    verdict: 'too_young',
  },
  {
    when: 'in use for a week only',
    resource: balancer(2, { createdAt: ago(7) }),
    metrics: metrics(0),
    cost: '0.6',
    verdict: 'too_young',
  },
  { when: 'the bill does not know it', resource: balancer(0), verdict: 'found', monthly: null },
]);
