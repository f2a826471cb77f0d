import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './aws-aurora-io-optimized.ts';

const cluster = makeResource('aws.rds.cluster', {
  id: 'c',
  state: 'running',
  attributes: { Engine: 'aurora-mysql', StorageType: 'aurora' },
});
const machine = { others: [makeResource('aws.rds.instance', { id: 'a' })], edges: ['c uses a'] };
/** Million I/O requests a month of 30.44 days, half of them writes. */
const io = (millions: number) => {
  const hour = (millions * 1e6) / 30.44 / 24 / 2;
  return { 'read_io.sum': hour, 'write_io.sum': hour };
};

describeRule(rule, [
  {
    when: 'I/O is more than half',
    resource: cluster,
    ...machine,
    // 1,000 million requests: 200 of 304.40 + 152.20; storage is what remains of 304.40.
    metrics: io(1000),
    cost: { c: '10', a: '5' },
    verdict: 'found',
    monthly: '23.84',
    action: {
      kind: 'operations',
      operations: [{ operation: 'modify', parameters: { storageType: 'aurora-iopt1' } }],
    },
  },
  {
    when: 'little I/O',
    resource: cluster,
    ...machine,
    metrics: io(100),
    cost: { c: '10', a: '5' },
    verdict: 'clear',
  },
  {
    when: 'enough I/O, but machines and storage would cost more',
    resource: cluster,
    ...machine,
    metrics: io(600),
    cost: { c: '10', a: '5' },
    verdict: 'clear',
  },
  {
    when: 'optimised already',
    resource: { ...cluster, attributes: { Engine: 'aurora-mysql', StorageType: 'aurora-iopt1' } },
    ...machine,
    metrics: io(1000),
    cost: '5',
    verdict: 'clear',
  },
  {
    when: 'not Aurora',
    resource: { ...cluster, attributes: { Engine: 'docdb' } },
    ...machine,
    metrics: io(1000),
    cost: '5',
    verdict: 'clear',
  },
  {
    when: 'never measured',
    resource: cluster,
    ...machine,
    cost: '5',
    verdict: 'no_metrics',
    detail: 'read_io',
  },
  {
    when: 'the bill does not know the machines',
    resource: cluster,
    ...machine,
    metrics: io(1000),
    cost: { c: '10' },
    verdict: 'no_cost',
  },
  {
    when: 'too young',
    resource: { ...cluster, createdAt: ago(29) },
    ...machine,
    metrics: io(1000),
    cost: '5',
    verdict: 'too_young',
  },
]);
