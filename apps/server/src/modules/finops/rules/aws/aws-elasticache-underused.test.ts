import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './aws-elasticache-underused.ts';

const GIB = 1024 ** 3;
const cache = makeResource('aws.elasticache.cluster', {
  state: 'running',
  size: { sku: 'cache.r6g.xlarge' },
});
const prices = { 'cache cache.r6g.xlarge': '0.412', 'cache cache.r6g.large': '0.206' };
/** r6g.xlarge has 32 GiB. */
const metrics = (p99: number, freeGiB: number) => ({
  'cpu_utilization.maximum': p99,
  'cpu_utilization.average': p99 / 2,
  'free_memory.minimum': freeGiB * GIB,
});

describeRule(rule, [
  {
    when: 'half of it carries both',
    resource: cache,
    prices,
    metrics: metrics(20, 25),
    cost: '9.9',
    verdict: 'found',
    monthly: '150.678',
    recommended: ['cache.r6g.large', '2', '16 GiB'],
    action: {
      kind: 'operations',
      operations: [{ operation: 'modify', parameters: { nodeType: 'cache.r6g.large' } }],
    },
  },
  {
    when: 'exactly at both limits; 12.8 GiB do not fit 75 % of 16',
    resource: cache,
    prices,
    metrics: metrics(40, 19.2),
    cost: '9.9',
    verdict: 'clear',
  },
  {
    when: 'exactly at the limit of CPU',
    resource: cache,
    prices,
    metrics: metrics(40, 25),
    cost: '9.9',
    verdict: 'found',
  },
  {
    when: 'above the limit of CPU',
    resource: cache,
    prices,
    metrics: metrics(41, 25),
    cost: '9.9',
    verdict: 'clear',
  },
  {
    when: 'less memory free',
    resource: cache,
    prices,
    metrics: metrics(20, 19),
    cost: '9.9',
    verdict: 'clear',
  },
  {
    when: 'a node of a group: advice',
    resource: { ...cache, attributes: { ReplicationGroupId: 'g' } },
    prices,
    metrics: metrics(20, 25),
    cost: '9.9',
    verdict: 'found',
    action: null,
  },
  {
    when: 'memory never measured',
    resource: cache,
    prices,
    metrics: { 'cpu_utilization.maximum': 1, 'cpu_utilization.average': 1 },
    cost: '9.9',
    verdict: 'no_metrics',
    detail: 'free_memory',
  },
  { when: 'no price', resource: cache, metrics: metrics(20, 25), cost: '9.9', verdict: 'no_price' },
  {
    when: 'the bill does not know it',
    resource: cache,
    prices,
    metrics: metrics(20, 25),
    verdict: 'no_cost',
  },
  {
    when: 'too young',
    resource: { ...cache, createdAt: ago(29) },
    prices,
    metrics: metrics(20, 25),
    cost: '9.9',
    verdict: 'too_young',
  },
  {
    when: 'an irregular type',
    resource: { ...cache, size: { sku: 'cache.x9.huge' } },
    prices,
    cost: '9.9',
    verdict: 'unknown_size',
  },
]);
