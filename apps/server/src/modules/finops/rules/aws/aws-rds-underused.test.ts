import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './aws-rds-underused.ts';

const database = makeResource('aws.rds.instance', {
  state: 'running',
  size: { sku: 'db.m5.2xlarge', storageGiB: 100 },
  attributes: { Engine: 'postgres', StorageType: 'gp3' },
});
const prices = {
  'database db.m5.2xlarge single-zone postgres': '0.712',
  'database db.m5.xlarge single-zone postgres': '0.356',
  'database_storage gp3': '0.115',
};
const load = (p99: number, freeGiB = 20) => ({
  'cpu_utilization.maximum': p99,
  'cpu_utilization.average': p99 / 3,
  'free_memory.minimum': freeGiB * 1024 ** 3,
});

describeRule(rule, [
  {
    when: 'half the class carries it; storage stays in the price',
    resource: database,
    metrics: load(20),
    prices,
    cost: '17.47',
    verdict: 'found',
    recommended: ['db.m5.xlarge', '4', '16 GiB'],
    // 531.7868 × (531.616 − 271.558) ÷ 531.616
    monthly: '260.1416',
    action: {
      kind: 'operations',
      operations: [{ operation: 'modify', parameters: { instanceClass: 'db.m5.xlarge', immediately: true } }],
    },
  },
  {
    when: 'exactly at the limit',
    resource: database,
    metrics: load(40),
    prices,
    cost: '17',
    verdict: 'found',
  },
  { when: 'above the limit', resource: database, metrics: load(40.5), prices, cost: '17', verdict: 'clear' },
  {
    when: 'never more than one size down',
    resource: database,
    metrics: load(2, 31),
    prices,
    cost: '17',
    verdict: 'found',
    recommended: ['db.m5.xlarge', '4', '16 GiB'],
  },
  {
    when: 'memory not measured',
    resource: database,
    metrics: { 'cpu_utilization.maximum': 20, 'cpu_utilization.average': 5 },
    prices,
    cost: '17',
    verdict: 'found',
    confidence: 'low',
  },
  {
    when: 'burstable: the smaller one would not earn the credits',
    resource: { ...database, size: { sku: 'db.t3.large' } },
    metrics: { ...load(30), 'cpu_utilization.average': 25 },
    prices,
    cost: '17',
    verdict: 'clear',
  },
  {
    when: 'no smaller class',
    resource: { ...database, size: { sku: 'db.m5.large' } },
    metrics: load(2),
    prices,
    cost: '17',
    verdict: 'clear',
  },
  { when: 'no price', resource: database, metrics: load(20), cost: '17', verdict: 'no_price' },
  {
    when: 'no price of storage',
    resource: { ...database, attributes: { Engine: 'postgres', StorageType: 'io2' } },
    metrics: load(20),
    prices,
    cost: '17',
    verdict: 'no_price',
    detail: 'storage io2',
  },
  { when: 'the bill does not know it', resource: database, metrics: load(20), prices, verdict: 'no_cost' },
  { when: 'never measured', resource: database, prices, cost: '17', verdict: 'no_metrics' },
  {
    when: 'an irregular class',
    resource: { ...database, size: { sku: 'db.x2g.large' } },
    metrics: load(20),
    prices,
    cost: '17',
    verdict: 'unknown_size',
  },
  {
    when: 'too young',
    resource: { ...database, createdAt: ago(13) },
    metrics: load(20),
    prices,
    cost: '17',
    verdict: 'too_young',
  },
  {
    when: 'a member of a cluster',
    resource: { ...database, attributes: { DBClusterIdentifier: 'c' } },
    metrics: load(20),
    prices,
    cost: '17',
    verdict: 'excluded',
  },
]);
