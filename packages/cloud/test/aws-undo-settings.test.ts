import { describe, expect, test } from 'vitest';
import type { FieldValues } from '../src/fields.ts';
import type { Resource } from '../src/resource.ts';
import { running, standalone, undoing } from './aws-undo.ts';

const stage = undoing();
const { act, back, one } = stage;

/** Without what changes with every look or change. */
function settled(resource: Resource): Resource {
  const {
    LastModified: _m,
    RevisionId: _r,
    StateTransitionReason: _s,
    LaunchTime: _l,
    ...attributes
  } = resource.attributes;
  // After a change DynamoDB says what it left unsaid before: that the table is provisioned.
  if (JSON.stringify(attributes['BillingModeSummary']) === '{"BillingMode":"PROVISIONED"}')
    delete attributes['BillingModeSummary'];
  return { ...resource, createdAt: undefined, attributes };
}

interface Setting {
  readonly type: string;
  readonly operation: string;
  readonly parameters: FieldValues;
  readonly which?: (resource: Resource) => boolean;
  readonly region?: string;
}

const SETTINGS: readonly Setting[] = [
  {
    type: 'aws.ec2.instance',
    operation: 'set-monitoring',
    parameters: { detailed: false },
    which: (r) => JSON.stringify(r.attributes['Monitoring']).includes('enabled'),
  },
  {
    type: 'aws.ec2.volume',
    operation: 'modify',
    parameters: { volumeType: 'gp3' },
    which: (r) => r.size?.sku === 'gp2' && r.state === 'in_use',
  },
  { type: 'aws.ec2.snapshot', operation: 'set-tier', parameters: { tier: 'archive' } },
  {
    type: 'aws.rds.instance',
    operation: 'modify',
    parameters: { instanceClass: 'db.m5.large', multiZone: false },
    which: (r) => r.id === 'storefront-staging-db',
  },
  {
    type: 'aws.lambda.function',
    operation: 'configure',
    parameters: { memoryMb: 512, timeoutSeconds: 10 },
    which: (r) => r.id === 'payments-reconcile',
  },
  {
    type: 'aws.lambda.function',
    operation: 'set-provisioned-concurrency',
    parameters: { qualifier: 'live', executions: 5 },
    which: (r) => r.id === 'payments-webhook',
  },
  { type: 'aws.logs.log-group', operation: 'set-retention', parameters: { days: '14' } },
  {
    type: 'aws.dynamodb.table',
    operation: 'set-capacity',
    parameters: { billingMode: 'PAY_PER_REQUEST' },
    which: (r) => r.size?.sku === 'PROVISIONED',
  },
  {
    type: 'aws.elasticache.cluster',
    operation: 'modify',
    parameters: { nodeType: 'cache.t4g.micro' },
    which: (r) => running(r) && standalone(r),
  },
  {
    type: 'aws.elasticache.replication-group',
    operation: 'modify',
    parameters: { nodeType: 'cache.t4g.micro' },
  },
  {
    type: 'aws.autoscaling.group',
    operation: 'set-size',
    parameters: { minimum: 1, maximum: 3, desired: 3 },
    which: (r) => r.id === 'storefront-render',
  },
  { type: 'aws.eks.nodegroup', operation: 'set-size', parameters: { minimum: 1, maximum: 4, desired: 2 } },
  { type: 'aws.ecs.service', operation: 'scale', parameters: { desired: 1 } },
  { type: 'aws.ecs.service', operation: 'resize', parameters: { cpu: '512', memoryMb: 1024 } },
  {
    type: 'aws.rds.cluster',
    operation: 'modify',
    parameters: { storageType: 'aurora-iopt1' },
    region: 'eu-west-1',
  },
  { type: 'aws.rds.cluster', operation: 'stop', parameters: {}, region: 'eu-west-1' },
  { type: 'aws.redshift.cluster', operation: 'stop', parameters: {}, region: 'eu-west-1' },
  {
    type: 'aws.opensearch.domain',
    operation: 'modify',
    parameters: { instanceType: 't3.small.search', instanceCount: 3 },
  },
  { type: 'aws.kinesis.stream', operation: 'set-capacity', parameters: { mode: 'PROVISIONED', shards: 3 } },
  { type: 'aws.kinesis.stream', operation: 'set-capacity', parameters: { mode: 'ON_DEMAND' } },
  { type: 'aws.sagemaker.notebook-instance', operation: 'stop', parameters: {} },
  {
    type: 'aws.workspaces.workspace',
    operation: 'set-running-mode',
    parameters: { mode: 'AUTO_STOP', autoStopMinutes: 120 },
  },
  {
    type: 'aws.athena.work-group',
    operation: 'set-scan-limit',
    parameters: { bytes: 50_000_000_000 },
    which: (r) => r.id === 'adhoc',
    region: 'eu-west-1',
  },
  {
    type: 'aws.athena.work-group',
    operation: 'set-scan-limit',
    parameters: { bytes: 0 },
    which: (r) => r.id === 'reports',
    region: 'eu-west-1',
  },
  { type: 'aws.cloudtrail.trail', operation: 'stop', parameters: {} },
  { type: 'aws.kms.key', operation: 'disable', parameters: {}, which: (r) => r.state === 'active' },
  { type: 'aws.kms.key', operation: 'delete', parameters: {}, which: (r) => r.state === 'active' },
  {
    type: 'aws.kms.key',
    operation: 'delete',
    parameters: { windowDays: 14 },
    which: (r) => r.state === 'stopped',
  },
  { type: 'aws.secretsmanager.secret', operation: 'delete', parameters: {} },
  {
    type: 'aws.ecr.repository',
    operation: 'set-lifecycle',
    parameters: {
      policy:
        '{"rules":[{"rulePriority":1,"selection":{"tagStatus":"untagged","countType":"imageCountMoreThan","countNumber":5},"action":{"type":"expire"}}]}',
    },
    which: (r) => r.id === 'storefront-web',
  },
  {
    type: 'aws.s3.bucket',
    operation: 'set-lifecycle',
    parameters: {
      configuration: {
        Rules: [
          {
            ID: 'abort',
            Status: 'Enabled',
            Filter: { Prefix: '' },
            AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
          },
        ],
      },
    },
  },
];

describe('settings that are changed and set back', () => {
  test.each(SETTINGS)(
    '$type $operation $parameters',
    async ({ type, operation, parameters, which, region }) => {
      const before = await one(type, which, region);
      const order = act(before, operation, parameters);
      expect(await stage.connection.reconcileOperation(order)).toMatchObject({ happened: 'no' });
      const done = await stage.connection.operate(order);
      expect(await stage.connection.reconcileOperation(order)).toMatchObject({ happened: 'yes' });
      expect(await stage.connection.operate(order)).toMatchObject({ status: 'already' });
      const changed = await stage.connection.inspect(before);
      expect(settled(changed)).not.toEqual(settled(before));
      await stage.connection.operate(back(before, done));
      expect(settled(await stage.connection.inspect(before))).toEqual(settled(before));
    },
  );

  test('a lifecycle with dates comes back as it was, and none is a state as well', async () => {
    const bucket = await one('aws.s3.bucket', (r) => r.attributes['Lifecycle'] === null);
    const dated = {
      Rules: [
        {
          ID: 'by-day',
          Status: 'Enabled',
          Filter: { Prefix: 'old/' },
          Expiration: { Date: '2027-01-01T00:00:00.000Z' },
          Transitions: [{ Date: '2026-12-20T00:00:00.000Z', StorageClass: 'GLACIER' }],
        },
      ],
    };
    await stage.connection.operate(act(bucket, 'set-lifecycle', { configuration: dated }));
    const removed = await stage.connection.operate(act(bucket, 'set-lifecycle', {}));
    expect((await stage.connection.inspect(bucket)).attributes['Lifecycle']).toBeNull();
    await stage.connection.operate(back(bucket, removed));
    expect((await stage.connection.inspect(bucket)).attributes['Lifecycle']).toMatchObject(dated);
  });
});
