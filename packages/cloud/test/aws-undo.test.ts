import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startSimulator, type Simulator } from '../../simulator/src/server.ts';
import { TOKEN_TAG } from '../src/aws/token.ts';
import type { Connection } from '../src/contract.ts';
import type { FieldValues } from '../src/fields.ts';
import type { OperationResult } from '../src/operations.ts';
import type { Resource, ResourceRef } from '../src/resource.ts';
import { connect, failure, listAll } from './support.ts';

let simulator: Simulator;
let connection: Connection;
let tokens = 0;

beforeAll(async () => {
  // Transitions are over at the next look; the states on the way have their own tests.
  simulator = await startSimulator({ scenario: 'demo', transitionScale: 0 });
  connection = connect(simulator);
});
afterAll(async () => {
  connection.close();
  await simulator.close();
});

function act(resource: ResourceRef, operation: string, parameters: FieldValues = {}) {
  tokens += 1;
  return { operation, resource, parameters, clientToken: `undo-${String(tokens).padStart(8, '0')}` };
}

async function all(type: string, region = 'us-east-1'): Promise<Resource[]> {
  const service = connection.services.find((s) => s.resourceTypes.some((t) => t.id === type));
  if (!service) throw new Error(`no service lists ${type}`);
  const place = service.scope === 'global' ? 'global' : region;
  return [...(await listAll(connection, { service: service.id, region: place, types: [type] })).resources];
}

async function one(
  type: string,
  test: (resource: Resource) => boolean = () => true,
  region?: string,
): Promise<Resource> {
  const found = (await all(type, region)).find(test);
  if (!found) throw new Error(`the estate has no such ${type}`);
  return connection.inspect(found);
}

/** The undo of a result as an order. */
function back(resource: ResourceRef, done: OperationResult) {
  if (!done.undo) throw new Error('there is no undo');
  return act(resource, done.undo.operation, done.undo.parameters);
}

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

const running = (r: Resource): boolean => r.state === 'running';
const standalone = (r: Resource): boolean =>
  r.type !== 'aws.elasticache.cluster' || r.attributes['ReplicationGroupId'] === undefined;

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
      expect(await connection.reconcileOperation(order)).toMatchObject({ happened: 'no' });
      const done = await connection.operate(order);
      expect(await connection.reconcileOperation(order)).toMatchObject({ happened: 'yes' });
      expect(await connection.operate(order)).toMatchObject({ status: 'already' });
      const changed = await connection.inspect(before);
      expect(settled(changed)).not.toEqual(settled(before));
      await connection.operate(back(before, done));
      expect(settled(await connection.inspect(before))).toEqual(settled(before));
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
    await connection.operate(act(bucket, 'set-lifecycle', { configuration: dated }));
    const removed = await connection.operate(act(bucket, 'set-lifecycle', {}));
    expect((await connection.inspect(bucket)).attributes['Lifecycle']).toBeNull();
    await connection.operate(back(bucket, removed));
    expect((await connection.inspect(bucket)).attributes['Lifecycle']).toMatchObject(dated);
  });
});

describe('what is deleted and brought back', () => {
  /** Runs the undo, checks that a second try makes nothing more, and gives the new resource. */
  async function restored(former: Resource, done: OperationResult): Promise<Resource> {
    const order = back(former, done);
    const again = await connection.operate(order);
    expect(again.created).toHaveLength(1);
    expect(await connection.operate(order)).toMatchObject({ status: 'already', created: again.created });
    expect(await connection.reconcileOperation(order)).toMatchObject({
      happened: 'yes',
      resources: again.created,
    });
    const found = await connection.inspect(again.created[0] as ResourceRef);
    const { [TOKEN_TAG]: mark, ...tags } = found.tags;
    expect(mark === undefined || mark === order.clientToken).toBe(true);
    return { ...found, tags };
  }

  test('a volume, from its snapshot and nothing else', async () => {
    const volume = await one(
      'aws.ec2.volume',
      (r) => r.state === 'available' && r.size?.sku === 'io1',
      'eu-west-1',
    );
    const other = await one('aws.ec2.snapshot', () => true, 'eu-west-1');
    expect((await failure(connection.operate(act(volume, 'delete', { snapshotId: other.id })))).kind).toBe(
      'conflict_state',
    );
    const copy = (await connection.operate(act(volume, 'snapshot'))).created[0] as ResourceRef;
    const done = await connection.operate(act(volume, 'delete', { snapshotId: copy.id }));
    expect((await failure(connection.inspect(volume))).kind).toBe('not_found');
    const found = await restored(volume, done);
    expect(found).toMatchObject({
      size: volume.size,
      zone: volume.zone,
      tags: volume.tags,
      state: 'available',
    });
    expect(found.attributes['SnapshotId']).toBe(copy.id);
    const bare = await connection.operate(act(found, 'delete'));
    expect(bare.undo).toBeUndefined();
  });

  test('an attachment, at its former place', async () => {
    const volume = await one(
      'aws.ec2.volume',
      (r) => r.state === 'in_use' && JSON.stringify(r.attributes['Attachments']).includes('/dev/sdf'),
    );
    const done = await connection.operate(act(volume, 'detach'));
    expect((await connection.inspect(volume)).state).toBe('available');
    await connection.operate(back(volume, done));
    const found = await connection.inspect(volume);
    expect(found.relations).toEqual(volume.relations);
    expect(found.attributes['Attachments']).toMatchObject([
      { Device: '/dev/sdf', DeleteOnTermination: false },
    ]);
  });

  test('an instance, from an image of it', async () => {
    const instance = await one('aws.ec2.instance', (r) => r.state === 'stopped', 'sa-east-1');
    const image = (await connection.operate(act(instance, 'snapshot'))).created[0] as ResourceRef;
    const done = await connection.operate(act(instance, 'delete', { imageId: image.id }));
    expect((await connection.inspect(instance)).state).toBe('deleted');
    const found = await restored(instance, done);
    expect(found).toMatchObject({ size: instance.size, tags: instance.tags, state: 'running' });
    for (const kind of ['in_subnet', 'protected_by'])
      expect(found.relations.filter((r) => r.kind === kind)).toEqual(
        instance.relations.filter((r) => r.kind === kind),
      );
    // The image itself can be taken back as well, while its snapshots stay.
    const former = await connection.inspect(image);
    const registered = await restored(former, await connection.operate(act(image, 'delete')));
    expect(registered.attributes['BlockDeviceMappings']).toEqual(former.attributes['BlockDeviceMappings']);
    expect(registered.name).toBe(former.name);
  });

  test('an address, while it is free, and its place', async () => {
    const free = await one('aws.ec2.address', (r) => r.state === 'available');
    const found = await restored(free, await connection.operate(act(free, 'delete')));
    expect(found.attributes['PublicIp']).toBe(free.attributes['PublicIp']);
    const instance = await one('aws.ec2.instance', running);
    const placed = await connection.operate(act(found, 'associate', { instanceId: instance.id }));
    const used = await connection.inspect(found);
    expect(used.state).toBe('in_use');
    const loose = await connection.operate(act(found, 'disassociate'));
    expect((await connection.inspect(found)).state).toBe('available');
    await connection.operate(back(found, loose));
    expect((await connection.inspect(found)).relations).toEqual(used.relations);
    await connection.operate(back(found, placed));
    expect((await connection.inspect(found)).state).toBe('available');
  });

  test('a NAT gateway with the routes that led to it', async () => {
    const nat = await one('aws.ec2.nat-gateway', running, 'eu-west-1');
    const leads = async (id: string) =>
      (await all('aws.ec2.route-table', 'eu-west-1')).filter((t) =>
        t.relations.some((r) => r.kind === 'routes_to' && r.targetNativeId.endsWith(id)),
      );
    const tables = (await leads(nat.id)).map((t) => t.id);
    expect(tables.length).toBeGreaterThan(0);
    const done = await connection.operate(act(nat, 'delete'));
    await connection.waitFor({ resource: nat, states: ['deleted'], timeoutMs: 5_000 });
    const found = await restored(nat, done);
    expect(found).toMatchObject({ state: 'running', tags: nat.tags });
    expect(found.relations).toEqual(nat.relations);
    expect((await leads(found.id)).map((t) => t.id)).toEqual(tables);
  });

  test('a NAT gateway whose routes were lost half way is finished by the same order', async () => {
    const nat = await one('aws.ec2.nat-gateway', running, 'eu-west-1');
    const done = await connection.operate(act(nat, 'delete'));
    await connection.waitFor({ resource: nat, states: ['deleted'], timeoutMs: 5_000 });
    const order = back(nat, done);
    simulator.control.addFault({ effect: { kind: 'deny' }, target: { actions: ['ec2:ReplaceRoute'] } });
    expect((await failure(connection.operate(order))).kind).toBe('denied');
    simulator.control.faults.clear();
    expect(await connection.reconcileOperation(order)).toMatchObject({ happened: 'no' });
    const again = await connection.operate(order);
    const there = (await all('aws.ec2.nat-gateway', 'eu-west-1')).filter(running);
    expect(there.map((n) => n.id)).toEqual(again.created.map((r) => r.id));
    expect(await connection.operate(order)).toMatchObject({ status: 'already' });
  });

  test('a load balancer with listeners, rules and settings', async () => {
    const balancer = await one('aws.elb.load-balancer', (r) => r.size?.sku === 'application');
    const done = await connection.operate(act(balancer, 'delete'));
    expect((await failure(connection.inspect(balancer))).kind).toBe('not_found');
    const found = await restored(balancer, done);
    expect(found).toMatchObject({ name: balancer.name, tags: balancer.tags, size: balancer.size });
    expect(found.relations).toEqual(balancer.relations);
    const gone = await connection.operate(act(found, 'delete'));
    const listeners = (parameters: FieldValues | undefined) =>
      (
        (parameters?.['configuration'] ?? { Listeners: [] }) as {
          Listeners: { Port: number; DefaultActions: unknown }[];
        }
      ).Listeners.map(({ Port, DefaultActions }) => ({ Port, DefaultActions }));
    expect(listeners(gone.undo?.parameters)).toEqual(listeners(done.undo?.parameters));
    await connection.operate(back(found, gone));
  });

  test('a database, under its name, from the final snapshot', async () => {
    const database = await one('aws.rds.instance', (r) => r.id === 'storefront-staging-db');
    const done = await connection.operate(act(database, 'delete'));
    const found = await restored(database, done);
    expect(found).toMatchObject({ nativeId: database.nativeId, size: database.size, tags: database.tags });
    const extra = (await connection.operate(act(found, 'snapshot'))).created[0] as ResourceRef;
    expect(await connection.operate(act(extra, 'delete'))).toMatchObject({ status: 'done' });
    const bare = await connection.operate(act(found, 'delete', { finalSnapshot: false }));
    expect(bare.undo).toBeUndefined();
  });

  test.each(['aws.elasticache.cluster', 'aws.elasticache.replication-group'])('%s', async (type) => {
    const cache = await one(type, (r) => running(r) && standalone(r));
    const found = await restored(cache, await connection.operate(act(cache, 'delete')));
    expect(found).toMatchObject({ nativeId: cache.nativeId, size: cache.size, tags: cache.tags });
  });

  test('a model endpoint, from the configuration that stayed', async () => {
    const endpoint = await one('aws.sagemaker.endpoint', (r) => r.id.endsWith('v1'));
    const found = await restored(endpoint, await connection.operate(act(endpoint, 'delete')));
    expect(found).toMatchObject({ nativeId: endpoint.nativeId, size: endpoint.size, tags: endpoint.tags });
  });

  test('a VPC endpoint with its places in the network', async () => {
    for (const region of ['us-east-1', 'sa-east-1']) {
      const endpoint = await one('aws.ec2.vpc-endpoint', () => true, region);
      const found = await restored(endpoint, await connection.operate(act(endpoint, 'delete')));
      expect(found).toMatchObject({ name: endpoint.name, size: endpoint.size, tags: endpoint.tags });
      expect(found.relations).toEqual(endpoint.relations);
    }
  });

  test('a health check nobody uses; one in use stays', async () => {
    const used = await one('aws.route53.health-check', (r) => r.state === 'in_use');
    expect(used.attributes['UsedBy']).toBe(1);
    expect((await failure(connection.operate(act(used, 'delete')))).kind).toBe('conflict_state');
    const free = await one('aws.route53.health-check', (r) => r.state === 'available');
    const found = await restored(free, await connection.operate(act(free, 'delete')));
    expect(found.attributes['HealthCheckConfig']).toEqual(free.attributes['HealthCheckConfig']);
    expect(found.tags).toEqual(free.tags);
  });

  test('what is final says so by having no undo', async () => {
    const cluster = await one('aws.emr.cluster', () => true, 'eu-west-1');
    expect((await connection.operate(act(cluster, 'delete'))).undo).toBeUndefined();
    expect((await connection.inspect(cluster)).state).toBe('deleted');
  });

  test('a member of a group is not changed alone', async () => {
    const member = await one('aws.elasticache.cluster', (r) => !standalone(r));
    expect((await failure(connection.operate(act(member, 'delete')))).kind).toBe('conflict_state');
  });

  test('bringing back what is there, or without its data, is refused', async () => {
    const volume = await one('aws.ec2.volume');
    const order = act(volume, 'restore', {
      configuration: volume.attributes,
      snapshotId: 'snap-0123456789abcdef0',
    });
    expect((await failure(connection.operate(order))).kind).toBe('conflict_state');
    const missing = act(volume, 'restore', { configuration: volume.attributes });
    expect((await failure(connection.operate(missing))).problem.fields?.[0]?.field).toBe('snapshotId');
  });
});
