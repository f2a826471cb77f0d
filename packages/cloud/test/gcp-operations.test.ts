import { describe, expect, test } from 'vitest';
import type { FieldValues } from '../src/fields.ts';
import type { Resource } from '../src/resource.ts';
import { demoCloud } from './demo-cloud.ts';
import { failure, listAll } from './support.ts';

const cloud = demoCloud('gcp');
const { connect, named, order, settled } = cloud;

const VM = 'gcp.compute.instance';
const DISK = 'gcp.compute.disk';

describe('operations', () => {
  test('a machine is stopped, resized and started, and the undos bring it back', async () => {
    const connection = connect();
    const vm = await named(connection, VM, 'feed-exporter');
    expect(vm.size).toMatchObject({ sku: 'n2-standard-8', cpus: 8, memoryGiB: 32 });
    expect((await failure(connection.operate(order(vm, 'resize', { size: 'n2-standard-2' })))).kind).toBe(
      'conflict_state',
    );
    const stopped = await connection.operate(order(vm, 'stop'));
    expect(stopped).toMatchObject({ status: 'accepted', undo: { operation: 'start' } });
    expect((await settled(connection, vm, ['stopped']))?.stateRaw).toBe('TERMINATED');
    expect((await connection.operate(order(vm, 'stop'))).status).toBe('already');
    const resized = await connection.operate(order(vm, 'resize', { size: 'n2-standard-2' }));
    expect(resized.undo).toEqual({ operation: 'resize', parameters: { size: 'n2-standard-8' } });
    expect((await connection.inspect(vm)).size).toMatchObject({ sku: 'n2-standard-2', cpus: 2 });
    await connection.operate(order(vm, 'resize', { size: 'n2-standard-8' }));
    await connection.operate(order(vm, 'start'));
    expect((await settled(connection, vm, ['running']))?.size).toEqual(vm.size);
    expect((await connection.operate(order(vm, 'restart'))).status).toBe('accepted');
  });

  test('a disk is kept as a snapshot, deleted, and restored from it as it was', async () => {
    const connection = connect();
    const disk = await named(connection, DISK, 'import-2024');
    const request = order(disk, 'snapshot');
    const made = await connection.operate(request);
    const [snapshot] = made.created;
    expect(snapshot?.type).toBe('gcp.compute.snapshot');
    expect(await connection.operate(request)).toMatchObject({ status: 'already', created: made.created });
    // Engines give the snapshot by its id, people by its full name.
    const byName = await connection.rehearse(order(disk, 'delete', { snapshotId: snapshot?.id ?? '' }));
    const gone = await connection.operate(order(disk, 'delete', { snapshotId: snapshot?.nativeId ?? '' }));
    expect(byName.undo).toEqual(gone.undo);
    expect((await failure(connection.inspect(disk))).kind).toBe('not_found');
    await connection.operate(order(disk, 'restore', gone.undo?.parameters ?? {}));
    const back = await settled(connection, disk, ['available']);
    expect(back).toMatchObject({ nativeId: disk.nativeId, size: disk.size ?? {}, tags: disk.tags });
  });

  test('a snapshot of a chosen name is made once per order, and one of that name is not taken for it', async () => {
    const connection = connect();
    const disk = await named(connection, DISK, 'ml-scratch');
    const request = order(disk, 'snapshot', { name: 'by-hand' });
    expect((await connection.operate(request)).status).toBe('accepted');
    expect((await connection.operate(request)).status).toBe('already');
    const other = order(disk, 'snapshot', { name: 'by-hand' });
    expect((await failure(connection.operate(other))).kind).toBe('already_exists');
    expect(await connection.reconcileOperation(other)).toMatchObject({ happened: 'no' });
  });

  test('a disk is detached, and attached again as it was', async () => {
    const connection = connect();
    const disk = await named(connection, DISK, 'web-1-data');
    const vm = await named(connection, VM, 'web-1');
    const detached = await connection.operate(order(disk, 'detach'));
    expect((await connection.inspect(disk)).state).toBe('available');
    expect((await connection.inspect(vm)).relations).not.toEqual(vm.relations);
    await connection.operate(order(disk, 'attach', detached.undo?.parameters ?? {}));
    expect((await connection.inspect(disk)).relations).toEqual(disk.relations);
    const entry = (one: Resource) => (one.attributes['disks'] as Record<string, unknown>[])[1];
    expect(entry(await connection.inspect(vm))).toEqual(entry(vm));
  });

  test('databases, buckets and clusters change and change back', async () => {
    const connection = connect();
    const rule = { action: { type: 'SetStorageClass', storageClass: 'NEARLINE' }, condition: { age: 30 } };
    const changes: readonly (readonly [string, string, string, FieldValues])[] = [
      ['gcp.sql.instance', 'catalog-db', 'resize', { size: 'db-custom-2-7680' }],
      ['gcp.sql.instance', 'storefront-dev-db', 'set-availability', { availability: 'ZONAL' }],
      ['gcp.sql.instance', 'campaign-2024-db', 'stop', {}],
      ['gcp.storage.bucket', 'aurora-digital-logs', 'set-lifecycle', { configuration: { rule: [rule] } }],
      ['gcp.storage.bucket', 'aurora-digital-assets', 'set-lifecycle', { configuration: { rule: [] } }],
      ['gcp.gke.cluster', 'gke-lab', 'scale', { pool: 'default-pool', nodes: 0 }],
    ];
    for (const [type, name, operation, parameters] of changes) {
      const resource = await named(connection, type, name);
      const request = order(resource, operation, parameters);
      const rehearsed = await connection.rehearse(request);
      const done = await connection.operate(request);
      expect(done.undo, name).toEqual(rehearsed.undo);
      expect(await connection.reconcileOperation(request), name).toMatchObject({ happened: 'yes' });
      await connection.operate(order(resource, done.undo?.operation ?? '', done.undo?.parameters ?? {}));
      const back = await settled(connection, resource, [resource.state]);
      expect([back?.size, back?.attributes['lifecycle'], back?.attributes['nodePools']], name).toEqual([
        resource.size,
        resource.attributes['lifecycle'],
        resource.attributes['nodePools'],
      ]);
    }
  });

  test('labels of every kind are set and come back, new ones and changed ones', async () => {
    const connection = connect();
    const types = connection.services.flatMap((s) => s.resourceTypes.filter((t) => t.taggable));
    for (const { id } of types) {
      const service = connection.services.find((s) => s.resourceTypes.some((t) => t.id === id));
      const { resources } = await listAll(connection, {
        service: service?.id ?? '',
        region: 'global',
        types: [id],
      });
      const resource = resources.find((one) => Object.keys(one.tags).length > 0) as Resource;
      const [key = ''] = Object.keys(resource.tags);
      const done = await connection.operate(order(resource, 'tag', { tags: { [key]: 'other', fresh: '1' } }));
      const changed = { ...resource.tags, [key]: 'other', fresh: '1' };
      expect((await connection.inspect(resource)).tags, id).toEqual(changed);
      await connection.operate(order(resource, done.undo?.operation ?? '', done.undo?.parameters ?? {}));
      expect((await connection.inspect(resource)).tags, id).toEqual(resource.tags);
      const gone = await connection.operate(order(resource, 'untag', { keys: [key] }));
      expect((await connection.inspect(resource)).tags, id).not.toHaveProperty(key);
      await connection.operate(order(resource, gone.undo?.operation ?? '', gone.undo?.parameters ?? {}));
      expect((await connection.inspect(resource)).tags, id).toEqual(resource.tags);
    }
    const disk = await named(connection, DISK, 'ml-scratch');
    const upper = await failure(connection.operate(order(disk, 'tag', { tags: { Upper: 'x' } })));
    expect(upper.problem).toMatchObject({ kind: 'invalid_input', fields: [{ field: 'tags' }] });
  });

  test('labels that somebody else changed in between are read again', async () => {
    const connection = connect();
    const disk = await named(connection, DISK, 'web-1-data');
    cloud.simulator.control.addFault({
      effect: { kind: 'error', code: 'conditionNotMet', status: 412, message: 'Labels fingerprint invalid' },
      target: { actions: ['compute.disks.setLabels'] },
      times: 1,
    });
    await connection.operate(order(disk, 'tag', { tags: { fresh: '1' } }));
    expect((await connection.inspect(disk)).tags).toEqual({ ...disk.tags, fresh: '1' });
  });

  test('what is used is not deleted; what is not used is', async () => {
    const connection = connect();
    const used = [
      await named(connection, DISK, 'web-2-data'),
      await named(connection, 'gcp.compute.address', 'recommender-ip'),
    ];
    for (const one of used)
      expect((await failure(connection.operate(order(one, 'delete')))).kind).toBe('conflict_state');
    const free = [
      await named(connection, 'gcp.compute.address', 'campaign-old-ip'),
      await named(connection, 'gcp.compute.snapshot', 'campaign-2023'),
      await named(connection, 'gcp.compute.image', 'golden-2023'),
      await named(connection, VM, 'poc-vision'),
    ];
    for (const one of free) {
      await connection.operate(order(one, 'delete'));
      expect((await failure(connection.inspect(one))).kind, one.name).toBe('not_found');
    }
  });

  test('an operation that fails after HTTP 200 is told where its end is waited for, and changes nothing', async () => {
    const connection = connect();
    const vm = await named(connection, VM, 'etl-old');
    const fault = {
      kind: 'operation-fails',
      code: 'ZONE_RESOURCE_POOL_EXHAUSTED',
      message: 'no room',
    } as const;
    cloud.simulator.control.addFault({ effect: fault, times: 1 });
    const error = await failure(connection.operate(order(vm, 'resize', { size: 'n1-standard-1' })));
    expect(error.problem).toMatchObject({ kind: 'capacity', providerCode: fault.code });
    expect(await connection.inspect(vm)).toEqual(vm);
    cloud.simulator.control.addFault({ effect: fault, times: 1 });
    const request = order(vm, 'start');
    await connection.operate(request);
    expect(await connection.reconcileOperation(request)).toMatchObject({ happened: 'no' });
  });
});
