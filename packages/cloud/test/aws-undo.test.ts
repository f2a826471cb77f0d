import { describe, expect, test } from 'vitest';
import { TOKEN_TAG } from '../src/aws/token.ts';
import type { FieldValues } from '../src/fields.ts';
import type { OperationResult } from '../src/operations.ts';
import type { Resource, ResourceRef } from '../src/resource.ts';
import { running, standalone, undoing } from './aws-undo.ts';
import { failure } from './support.ts';

const stage = undoing();
const { act, all, back, one } = stage;

describe('what is deleted and brought back', () => {
  /** Runs the undo, checks that a second try makes nothing more, and gives the new resource. */
  async function restored(former: Resource, done: OperationResult): Promise<Resource> {
    const order = back(former, done);
    const again = await stage.connection.operate(order);
    expect(again.created).toHaveLength(1);
    expect(await stage.connection.operate(order)).toMatchObject({
      status: 'already',
      created: again.created,
    });
    expect(await stage.connection.reconcileOperation(order)).toMatchObject({
      happened: 'yes',
      resources: again.created,
    });
    const found = await stage.connection.inspect(again.created[0] as ResourceRef);
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
    expect(
      (await failure(stage.connection.operate(act(volume, 'delete', { snapshotId: other.id })))).kind,
    ).toBe('conflict_state');
    const copy = (await stage.connection.operate(act(volume, 'snapshot'))).created[0] as ResourceRef;
    const done = await stage.connection.operate(act(volume, 'delete', { snapshotId: copy.id }));
    expect((await failure(stage.connection.inspect(volume))).kind).toBe('not_found');
    const found = await restored(volume, done);
    expect(found).toMatchObject({
      size: volume.size,
      zone: volume.zone,
      tags: volume.tags,
      state: 'available',
    });
    expect(found.attributes['SnapshotId']).toBe(copy.id);
    const bare = await stage.connection.operate(act(found, 'delete'));
    expect(bare.undo).toBeUndefined();
  });

  test('an attachment, at its former place', async () => {
    const volume = await one(
      'aws.ec2.volume',
      (r) => r.state === 'in_use' && JSON.stringify(r.attributes['Attachments']).includes('/dev/sdf'),
    );
    const done = await stage.connection.operate(act(volume, 'detach'));
    expect((await stage.connection.inspect(volume)).state).toBe('available');
    await stage.connection.operate(back(volume, done));
    const found = await stage.connection.inspect(volume);
    expect(found.relations).toEqual(volume.relations);
    expect(found.attributes['Attachments']).toMatchObject([
      { Device: '/dev/sdf', DeleteOnTermination: false },
    ]);
  });

  test('an instance, from an image of it', async () => {
    const instance = await one('aws.ec2.instance', (r) => r.state === 'stopped', 'sa-east-1');
    const image = (await stage.connection.operate(act(instance, 'snapshot'))).created[0] as ResourceRef;
    const done = await stage.connection.operate(act(instance, 'delete', { imageId: image.id }));
    expect((await stage.connection.inspect(instance)).state).toBe('deleted');
    const found = await restored(instance, done);
    expect(found).toMatchObject({ size: instance.size, tags: instance.tags, state: 'running' });
    for (const kind of ['in_subnet', 'protected_by'])
      expect(found.relations.filter((r) => r.kind === kind)).toEqual(
        instance.relations.filter((r) => r.kind === kind),
      );
    // The image itself can be taken back as well, while its snapshots stay.
    const former = await stage.connection.inspect(image);
    const registered = await restored(former, await stage.connection.operate(act(image, 'delete')));
    expect(registered.attributes['BlockDeviceMappings']).toEqual(former.attributes['BlockDeviceMappings']);
    expect(registered.name).toBe(former.name);
  });

  test('an address, while it is free, and its place', async () => {
    const free = await one('aws.ec2.address', (r) => r.state === 'available');
    const found = await restored(free, await stage.connection.operate(act(free, 'delete')));
    expect(found.attributes['PublicIp']).toBe(free.attributes['PublicIp']);
    const instance = await one('aws.ec2.instance', running);
    const placed = await stage.connection.operate(act(found, 'associate', { instanceId: instance.id }));
    const used = await stage.connection.inspect(found);
    expect(used.state).toBe('in_use');
    const loose = await stage.connection.operate(act(found, 'disassociate'));
    expect((await stage.connection.inspect(found)).state).toBe('available');
    await stage.connection.operate(back(found, loose));
    expect((await stage.connection.inspect(found)).relations).toEqual(used.relations);
    await stage.connection.operate(back(found, placed));
    expect((await stage.connection.inspect(found)).state).toBe('available');
  });

  test('a NAT gateway with the routes that led to it', async () => {
    const nat = await one('aws.ec2.nat-gateway', running, 'eu-west-1');
    const leads = async (id: string) =>
      (await all('aws.ec2.route-table', 'eu-west-1')).filter((t) =>
        t.relations.some((r) => r.kind === 'routes_to' && r.targetNativeId.endsWith(id)),
      );
    const tables = (await leads(nat.id)).map((t) => t.id);
    expect(tables.length).toBeGreaterThan(0);
    const done = await stage.connection.operate(act(nat, 'delete'));
    await stage.connection.waitFor({ resource: nat, states: ['deleted'], timeoutMs: 5_000 });
    const found = await restored(nat, done);
    expect(found).toMatchObject({ state: 'running', tags: nat.tags });
    expect(found.relations).toEqual(nat.relations);
    expect((await leads(found.id)).map((t) => t.id)).toEqual(tables);
  });

  test('a NAT gateway whose routes were lost half way is finished by the same order', async () => {
    const nat = await one('aws.ec2.nat-gateway', running, 'eu-west-1');
    const done = await stage.connection.operate(act(nat, 'delete'));
    await stage.connection.waitFor({ resource: nat, states: ['deleted'], timeoutMs: 5_000 });
    const order = back(nat, done);
    stage.simulator.control.addFault({ effect: { kind: 'deny' }, target: { actions: ['ec2:ReplaceRoute'] } });
    expect((await failure(stage.connection.operate(order))).kind).toBe('denied');
    stage.simulator.control.faults.clear();
    expect(await stage.connection.reconcileOperation(order)).toMatchObject({ happened: 'no' });
    const again = await stage.connection.operate(order);
    const there = (await all('aws.ec2.nat-gateway', 'eu-west-1')).filter(running);
    expect(there.map((n) => n.id)).toEqual(again.created.map((r) => r.id));
    expect(await stage.connection.operate(order)).toMatchObject({ status: 'already' });
  });

  test('a load balancer with listeners, rules and settings', async () => {
    const balancer = await one('aws.elb.load-balancer', (r) => r.size?.sku === 'application');
    const done = await stage.connection.operate(act(balancer, 'delete'));
    expect((await failure(stage.connection.inspect(balancer))).kind).toBe('not_found');
    const found = await restored(balancer, done);
    expect(found).toMatchObject({ name: balancer.name, tags: balancer.tags, size: balancer.size });
    expect(found.relations).toEqual(balancer.relations);
    const gone = await stage.connection.operate(act(found, 'delete'));
    const listeners = (parameters: FieldValues | undefined) =>
      (
        (parameters?.['configuration'] ?? { Listeners: [] }) as {
          Listeners: { Port: number; DefaultActions: unknown }[];
        }
      ).Listeners.map(({ Port, DefaultActions }) => ({ Port, DefaultActions }));
    expect(listeners(gone.undo?.parameters)).toEqual(listeners(done.undo?.parameters));
    await stage.connection.operate(back(found, gone));
  });

  test('a database, under its name, from the final snapshot', async () => {
    const database = await one('aws.rds.instance', (r) => r.id === 'storefront-staging-db');
    const done = await stage.connection.operate(act(database, 'delete'));
    const found = await restored(database, done);
    expect(found).toMatchObject({ nativeId: database.nativeId, size: database.size, tags: database.tags });
    const extra = (await stage.connection.operate(act(found, 'snapshot'))).created[0] as ResourceRef;
    expect(await stage.connection.operate(act(extra, 'delete'))).toMatchObject({ status: 'done' });
    const bare = await stage.connection.operate(act(found, 'delete', { finalSnapshot: false }));
    expect(bare.undo).toBeUndefined();
  });

  test.each(['aws.elasticache.cluster', 'aws.elasticache.replication-group'])('%s', async (type) => {
    const cache = await one(type, (r) => running(r) && standalone(r));
    const found = await restored(cache, await stage.connection.operate(act(cache, 'delete')));
    expect(found).toMatchObject({ nativeId: cache.nativeId, size: cache.size, tags: cache.tags });
  });

  test('a model endpoint, from the configuration that stayed', async () => {
    const endpoint = await one('aws.sagemaker.endpoint', (r) => r.id.endsWith('v1'));
    const found = await restored(endpoint, await stage.connection.operate(act(endpoint, 'delete')));
    expect(found).toMatchObject({ nativeId: endpoint.nativeId, size: endpoint.size, tags: endpoint.tags });
  });

  test('a VPC endpoint with its places in the network', async () => {
    for (const region of ['us-east-1', 'sa-east-1']) {
      const endpoint = await one('aws.ec2.vpc-endpoint', () => true, region);
      const found = await restored(endpoint, await stage.connection.operate(act(endpoint, 'delete')));
      expect(found).toMatchObject({ name: endpoint.name, size: endpoint.size, tags: endpoint.tags });
      expect(found.relations).toEqual(endpoint.relations);
    }
  });

  test('a health check nobody uses; one in use stays', async () => {
    const used = await one('aws.route53.health-check', (r) => r.state === 'in_use');
    expect(used.attributes['UsedBy']).toBe(1);
    expect((await failure(stage.connection.operate(act(used, 'delete')))).kind).toBe('conflict_state');
    const free = await one('aws.route53.health-check', (r) => r.state === 'available');
    const found = await restored(free, await stage.connection.operate(act(free, 'delete')));
    expect(found.attributes['HealthCheckConfig']).toEqual(free.attributes['HealthCheckConfig']);
    expect(found.tags).toEqual(free.tags);
  });

  test('what is final says so by having no undo', async () => {
    const cluster = await one('aws.emr.cluster', () => true, 'eu-west-1');
    expect((await stage.connection.operate(act(cluster, 'delete'))).undo).toBeUndefined();
    expect((await stage.connection.inspect(cluster)).state).toBe('deleted');
  });

  test('a member of a group is not changed alone', async () => {
    const member = await one('aws.elasticache.cluster', (r) => !standalone(r));
    expect((await failure(stage.connection.operate(act(member, 'delete')))).kind).toBe('conflict_state');
  });

  test('bringing back what is there, or without its data, is refused', async () => {
    const volume = await one('aws.ec2.volume');
    const order = act(volume, 'restore', {
      configuration: volume.attributes,
      snapshotId: 'snap-0123456789abcdef0',
    });
    expect((await failure(stage.connection.operate(order))).kind).toBe('conflict_state');
    const missing = act(volume, 'restore', { configuration: volume.attributes });
    expect((await failure(stage.connection.operate(missing))).problem.fields?.[0]?.field).toBe('snapshotId');
  });
});
