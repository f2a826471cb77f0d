import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './aws-rds-idle.ts';

const database = makeResource('aws.rds.instance', { state: 'running', size: { sku: 'db.t3.medium' } });

describeRule(rule, [
  {
    when: 'no connection in a week',
    resource: database,
    metrics: { 'connections.maximum': 0 },
    cost: '3',
    verdict: 'found',
    monthly: '91.32',
    action: { kind: 'operations', operations: [{ operation: 'stop', parameters: {} }] },
  },
  {
    when: 'four connections each day',
    resource: database,
    metrics: { 'connections.maximum': 4 },
    cost: '3',
    verdict: 'found',
  },
  {
    when: 'five connections: exactly at the limit',
    resource: database,
    metrics: { 'connections.maximum': 5 },
    cost: '3',
    verdict: 'clear',
  },
  {
    when: 'one busy day',
    resource: database,
    metrics: { 'connections.maximum': { value: (h) => (h === 30 ? 20 : 0) } },
    cost: '3',
    verdict: 'clear',
  },
  { when: 'never measured', resource: database, cost: '3', verdict: 'no_metrics', detail: 'connections' },
  {
    when: 'measured for five days',
    resource: database,
    metrics: { 'connections.maximum': { value: 0, days: 5 } },
    cost: '3',
    verdict: 'too_few_metrics',
  },
  {
    when: 'exactly a week old',
    resource: { ...database, createdAt: ago(7) },
    metrics: { 'connections.maximum': 0 },
    cost: '3',
    verdict: 'found',
  },
  {
    when: 'younger',
    resource: { ...database, createdAt: ago(6) },
    metrics: { 'connections.maximum': 0 },
    cost: '3',
    verdict: 'too_young',
  },
  {
    when: 'a member of a cluster',
    resource: { ...database, attributes: { DBClusterIdentifier: 'c' } },
    metrics: { 'connections.maximum': 0 },
    cost: '3',
    verdict: 'excluded',
  },
  {
    when: 'a replica',
    resource: { ...database, attributes: { ReadReplicaSourceDBInstanceIdentifier: 'd' } },
    metrics: { 'connections.maximum': 0 },
    cost: '3',
    verdict: 'excluded',
  },
  { when: 'stopped', resource: { ...database, state: 'stopped' }, verdict: 'clear' },
  {
    when: 'the bill does not know it',
    resource: database,
    metrics: { 'connections.maximum': 0 },
    verdict: 'found',
    monthly: null,
  },
]);
