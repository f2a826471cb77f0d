import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './aws-dynamodb-capacity.ts';

const provisioned = (read: number, write: number, more = {}) =>
  makeResource('aws.dynamodb.table', {
    attributes: { ProvisionedThroughput: { ReadCapacityUnits: read, WriteCapacityUnits: write }, ...more },
  });
const onDemand = makeResource('aws.dynamodb.table', {
  attributes: { BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' } },
});
const none = { 'read_units.sum': 0, 'write_units.sum': 0 };

describeRule(rule, [
  {
    when: 'provisioned and unused',
    resource: provisioned(100, 100),
    metrics: none,
    cost: '2',
    verdict: 'found',
    // 100 × (0.00013 + 0.00065) × 730.5
    monthly: '56.979',
    action: {
      kind: 'operations',
      operations: [{ operation: 'set-capacity', parameters: { billingMode: 'PAY_PER_REQUEST' } }],
    },
  },
  {
    when: 'never more than the bill',
    resource: provisioned(100, 100),
    metrics: none,
    cost: '1',
    verdict: 'found',
    monthly: '30.44',
  },
  {
    when: 'provisioned and well used',
    resource: provisioned(1, 1),
    metrics: { 'read_units.sum': 3600, 'write_units.sum': 3600 },
    cost: '2',
    verdict: 'clear',
  },
  {
    when: 'cheaper by exactly the margin',
    resource: provisioned(100, 100),
    metrics: none,
    parameters: { margin: 90 },
    cost: '2',
    verdict: 'found',
  },
  {
    when: 'even use on demand: advice',
    resource: onDemand,
    metrics: { 'read_units.sum': 360_000, 'write_units.sum': 360_000 },
    cost: '7',
    verdict: 'found',
    action: null,
    recommended: ['PROVISIONED'],
    why: /200 read and 200 write units/,
  },
  {
    when: 'uneven use on demand',
    resource: onDemand,
    metrics: { 'read_units.sum': { value: (h) => (h % 24 === 0 ? 360_000 : 0) }, 'write_units.sum': 0 },
    cost: '7',
    verdict: 'clear',
  },
  {
    when: 'with indexes, which nobody measures',
    resource: provisioned(100, 100, { GlobalSecondaryIndexes: [{ IndexName: 'i' }] }),
    metrics: none,
    cost: '2',
    verdict: 'no_metrics',
    detail: 'indexes',
  },
  {
    when: 'never measured',
    resource: provisioned(100, 100),
    cost: '2',
    verdict: 'no_metrics',
    detail: 'read_units',
  },
  { when: 'the bill does not know it', resource: provisioned(100, 100), metrics: none, verdict: 'no_cost' },
  {
    when: 'too young',
    resource: { ...provisioned(100, 100), createdAt: ago(29) },
    metrics: none,
    cost: '2',
    verdict: 'too_young',
  },
]);
