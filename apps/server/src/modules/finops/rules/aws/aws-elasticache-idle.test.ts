import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './aws-elasticache-idle.ts';

const cache = makeResource('aws.elasticache.cluster', {
  state: 'running',
  size: { sku: 'cache.t3.micro' },
  attributes: { Engine: 'redis' },
});
const metrics = (connections: number, hits: number, misses: number) => ({
  'connections.average': connections,
  'cache_hits.sum': hits,
  'cache_misses.sum': misses,
});

describeRule(rule, [
  {
    when: 'nobody reads',
    resource: cache,
    metrics: metrics(1, 0, 0),
    cost: '0.41',
    verdict: 'found',
    monthly: '12.4804',
    action: { kind: 'operations', operations: [{ operation: 'delete', parameters: {} }] },
  },
  {
    when: 'hardly a hit',
    resource: cache,
    metrics: metrics(1, 4, 96),
    cost: '0.41',
    verdict: 'found',
    why: /hit rate of 4 %/,
  },
  {
    when: 'hit rate exactly at the limit',
    resource: cache,
    metrics: metrics(1, 5, 95),
    cost: '0.41',
    verdict: 'clear',
  },
  {
    when: 'no connection at all: hits are those of the engine itself',
    resource: cache,
    metrics: metrics(0, 90, 10),
    cost: '0.41',
    verdict: 'found',
  },
  {
    when: 'connections exactly at the limit',
    resource: cache,
    metrics: metrics(2, 0, 0),
    cost: '0.41',
    verdict: 'clear',
  },
  {
    when: 'a node of a group: advice',
    resource: { ...cache, attributes: { ReplicationGroupId: 'g' } },
    metrics: metrics(1, 0, 0),
    cost: '0.41',
    verdict: 'found',
    action: null,
  },
  {
    when: 'memcached keeps nothing: advice',
    resource: { ...cache, attributes: { Engine: 'memcached' } },
    metrics: metrics(1, 0, 0),
    cost: '0.41',
    verdict: 'found',
    action: null,
  },
  { when: 'never measured', resource: cache, cost: '0.41', verdict: 'no_metrics' },
  {
    when: 'hits not measured',
    resource: cache,
    metrics: { 'connections.average': 0 },
    cost: '0.41',
    verdict: 'no_metrics',
    detail: 'cache_hits',
  },
  {
    when: 'too young',
    resource: { ...cache, createdAt: ago(13) },
    metrics: metrics(0, 0, 0),
    cost: '0.41',
    verdict: 'too_young',
  },
  {
    when: 'the bill does not know it',
    resource: cache,
    metrics: metrics(0, 0, 0),
    verdict: 'found',
    monthly: null,
  },
]);
