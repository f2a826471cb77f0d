import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './aws-rds-snapshot-old.ts';

const snapshot = (days: number, type = 'manual') =>
  makeResource('aws.rds.snapshot', {
    id: 's-1',
    state: 'available',
    createdAt: ago(days),
    size: { storageGiB: 50 },
    attributes: { SnapshotType: type, DBInstanceIdentifier: 'erp' },
  });
const alive = {
  others: [makeResource('aws.rds.instance', { id: 'erp' })],
  edges: ['s-1 source erp'],
  cost: '0.2',
};
const gone = { cost: '0.2' };

describeRule(rule, [
  {
    when: 'old, its database is there',
    resource: snapshot(200),
    ...alive,
    verdict: 'found',
    monthly: '6.088',
  },
  { when: 'exactly 90 days', resource: snapshot(90), ...alive, verdict: 'found' },
  { when: '89 days', resource: snapshot(89), ...alive, verdict: 'too_young', detail: '90 days' },
  {
    when: 'its database is gone: 30 days are enough',
    resource: snapshot(30),
    ...gone,
    verdict: 'found',
    why: /erp, which no longer exists/,
  },
  {
    when: 'its database is gone: 29 days',
    resource: snapshot(29),
    ...gone,
    verdict: 'too_young',
    detail: '30 days',
  },
  {
    when: 'automated',
    resource: snapshot(200, 'automated'),
    ...alive,
    verdict: 'excluded',
    detail: 'automated',
  },
  { when: 'of a backup plan', resource: snapshot(200, 'awsbackup'), ...alive, verdict: 'excluded' },
  { when: 'still being made', resource: { ...snapshot(200), state: 'creating' }, ...alive, verdict: 'clear' },
  { when: 'the bill does not know it', resource: snapshot(200), verdict: 'found', monthly: null },
]);
