import { makeResource } from '../testing/resource.ts';
import { describeRule, unusedRows } from '../testing/table.ts';
import { rule } from './aws-rds-cluster-idle.ts';

const cluster = makeResource('aws.rds.cluster', {
  id: 'c',
  state: 'running',
  attributes: { Engine: 'aurora-postgresql' },
});
const known = {
  others: ['a', 'b'].map((id) => makeResource('aws.rds.instance', { id })),
  // The edge is there from both ends; each machine counts once.
  edges: ['c uses a', 'a member_of c', 'b member_of c'],
};
const rest = { 'connections.maximum': 0 };

describeRule(rule, [
  ...unusedRows({ resource: cluster, metrics: ['connections.maximum'], days: 7, known }),
  {
    when: 'the machines are the money',
    resource: cluster,
    ...known,
    metrics: rest,
    cost: { a: '3', b: '2', c: '7' },
    verdict: 'found',
    monthly: '152.2',
    action: { kind: 'operations', operations: [{ operation: 'stop', parameters: {} }] },
  },
  {
    when: 'one connection',
    resource: cluster,
    ...known,
    metrics: { 'connections.maximum': 1 },
    cost: '1',
    verdict: 'clear',
  },
  {
    when: 'DocumentDB has its own metric',
    resource: { ...cluster, attributes: { Engine: 'docdb' } },
    ...known,
    metrics: { 'docdb_connections.maximum': 0 },
    cost: '1',
    verdict: 'found',
    monthly: '60.88',
  },
  { when: 'without machines', resource: cluster, metrics: rest, verdict: 'clear' },
  {
    when: 'serverless',
    resource: { ...cluster, attributes: { EngineMode: 'serverless' } },
    ...known,
    metrics: rest,
    verdict: 'excluded',
  },
  { when: 'stopped', resource: { ...cluster, state: 'stopped' }, ...known, metrics: rest, verdict: 'clear' },
  {
    when: 'the bill does not know the machines',
    resource: cluster,
    ...known,
    metrics: rest,
    verdict: 'found',
    monthly: null,
  },
]);
