import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './aws-elb-low-traffic.ts';

const balancer = makeResource('aws.elb.load-balancer', { state: 'running', size: { sku: 'application' } });
/** Requests a day, all in one hour. */
const perDay = (count: number) => ({ 'requests.sum': { value: (h: number) => (h % 24 === 3 ? count : 0) } });

describeRule(rule, [
  {
    when: 'two requests a day',
    resource: balancer,
    metrics: perDay(2),
    cost: '0.7',
    verdict: 'found',
    monthly: '21.308',
    why: /28 requests in 14 days, 2 a day/,
  },
  { when: 'just below the limit', resource: balancer, metrics: perDay(9.99), cost: '0.7', verdict: 'found' },
  { when: 'exactly at the limit', resource: balancer, metrics: perDay(10), cost: '0.7', verdict: 'clear' },
  {
    when: 'a network load balancer without flows',
    resource: { ...balancer, size: { sku: 'network' } },
    metrics: perDay(0),
    cost: '0.7',
    verdict: 'found',
  },
  { when: 'never measured', resource: balancer, cost: '0.7', verdict: 'no_metrics' },
  {
    when: 'too young',
    resource: { ...balancer, createdAt: ago(13) },
    metrics: perDay(0),
    cost: '0.7',
    verdict: 'too_young',
  },
  {
    when: 'the bill does not know it',
    resource: balancer,
    metrics: perDay(0),
    verdict: 'found',
    monthly: null,
  },
]);
