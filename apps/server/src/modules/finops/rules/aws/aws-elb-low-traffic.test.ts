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
    then: 'found',
    monthly: '21.308',
    why: /28 requests in 14 days, 2 a day/,
  },
  { when: 'just below the limit', resource: balancer, metrics: perDay(9.99), cost: '0.7', then: 'found' },
  { when: 'exactly at the limit', resource: balancer, metrics: perDay(10), cost: '0.7', then: 'clear' },
  {
    when: 'a network load balancer without flows',
    resource: { ...balancer, size: { sku: 'network' } },
    metrics: perDay(0),
    cost: '0.7',
    then: 'found',
  },
  { when: 'never measured', resource: balancer, cost: '0.7', then: 'no_metrics' },
  {
    when: 'too young',
    resource: { ...balancer, createdAt: ago(13) },
    metrics: perDay(0),
    cost: '0.7',
    then: 'too_young',
  },
  { when: 'the bill does not know it', resource: balancer, metrics: perDay(0), then: 'found', monthly: null },
]);
