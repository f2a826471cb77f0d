import { describe, expect, test } from 'vitest';
import { azure } from '../src/azure/provider.ts';
import { machineSize } from '../src/azure/sizes.ts';
import { demoCloud } from './demo-cloud.ts';
import { applicationOf, failure, listAll, QUICK } from './support.ts';

const cloud = demoCloud('azure');
const { all, connect, named, order, settled } = cloud;

const subscription = () => {
  const [found] = cloud.simulator.control.world.subscriptions.values();
  if (!found) throw new Error('the demo has a subscription');
  return found;
};
describe('operations', () => {
  test('a machine is deallocated, resized and started, and the undos bring it back', async () => {
    const connection = connect();
    const vm = await named(connection, 'compute', 'vm-gateway');
    expect(vm.size).toMatchObject({ sku: 'Standard_D8s_v5', cpus: 8, memoryGiB: 32 });
    expect((await failure(connection.operate(order(vm, 'resize', { size: 'Standard_D2s_v5' })))).kind).toBe(
      'conflict_state',
    );
    const stopped = await connection.operate(order(vm, 'stop'));
    expect(stopped).toMatchObject({ status: 'accepted', undo: { operation: 'start' } });
    expect((await settled(connection, vm, ['stopped']))?.stateRaw).toBe('deallocated');
    const resized = await connection.operate(order(vm, 'resize', { size: 'Standard_D2s_v5' }));
    expect(resized.undo).toEqual({ operation: 'resize', parameters: { size: 'Standard_D8s_v5' } });
    await settled(connection, vm, ['stopped']);
    expect((await connection.inspect(vm)).size?.sku).toBe('Standard_D2s_v5');
    await connection.operate(order(vm, 'resize', { size: 'Standard_D8s_v5' }));
    await connection.operate(order(vm, 'start'));
    expect((await settled(connection, vm, ['running']))?.size?.sku).toBe('Standard_D8s_v5');
  });

  test('stopped in the machine is not deallocated: stopping it again does something', async () => {
    const connection = connect();
    const vm = await named(connection, 'compute', 'vm-batch-2023');
    expect(vm).toMatchObject({ state: 'stopped', stateRaw: 'stopped' });
    expect((await connection.operate(order(vm, 'stop'))).status).toBe('accepted');
    expect((await settled(connection, vm, ['stopped']))?.stateRaw).toBe('deallocated');
    expect((await connection.operate(order(vm, 'stop'))).status).toBe('already');
  });

  test('a disk is kept as a snapshot, deleted, and restored from it as it was', async () => {
    const connection = connect();
    const disk = await named(connection, 'compute', 'disk-erp-old');
    const request = order(disk, 'snapshot');
    expect(await connection.reconcileOperation(request)).toMatchObject({ happened: 'no' });
    const made = await connection.operate(request);
    const [snapshot] = made.created;
    expect(snapshot?.type).toBe('azure.compute.snapshot');
    expect(await connection.operate(request)).toMatchObject({ status: 'already', created: made.created });
    await expect(
      connection.operate(order(disk, 'delete', { snapshotId: 'snapshot-of-nothing' })),
    ).rejects.toMatchObject({ kind: 'not_found' });
    expect((await connection.inspect(disk)).state).toBe(disk.state);
    // By its name, as the answer of the snapshot tells it.
    const gone = await connection.operate(order(disk, 'delete', { snapshotId: snapshot?.id ?? '' }));
    expect((await failure(connection.inspect(disk))).kind).toBe('not_found');
    // What Azure could not make stays there as failed, and is made by asking again.
    cloud.simulator.control.addFault({
      effect: { kind: 'operation-fails', code: 'InternalServerError' },
      target: { actions: ['Microsoft.Compute/disks/write'] },
      times: 1,
    });
    const restore = order(disk, 'restore', gone.undo?.parameters ?? {});
    await connection.operate(restore);
    expect((await connection.inspect(disk)).state).toBe('failed');
    expect(await connection.reconcileOperation(restore)).toMatchObject({ happened: 'no' });
    await connection.operate(restore);
    const back = await settled(connection, disk, ['available']);
    expect(back).toMatchObject({
      nativeId: disk.nativeId,
      size: { sku: disk.size?.sku, storageGiB: 512 },
      tags: disk.tags,
    });
  });

  test('what has no content comes back from its configuration', async () => {
    const connection = connect();
    for (const [service, name] of [
      ['network', 'lb-poc'],
      ['network', 'nat-poc'],
      ['network', 'nic-left'],
      ['web', 'plan-poc'],
      ['sql', 'pool-empty'],
    ] as const) {
      const resource = await named(connection, service, name);
      const gone = await connection.operate(order(resource, 'delete'));
      expect((await failure(connection.inspect(resource))).kind, name).toBe('not_found');
      await connection.operate(order(resource, 'restore', gone.undo?.parameters ?? {}));
      const back = await connection.inspect(resource);
      expect([back.nativeId, back.tags, back.size], name).toEqual([
        resource.nativeId,
        resource.tags,
        resource.size,
      ]);
    }
  });

  test('databases, plans, storage tiers, apps and clusters change and change back', async () => {
    const connection = connect();
    const changes = [
      ['sql', 'crm-archive', 'resize', { size: 'S0' }],
      ['web', 'plan-intranet', 'resize', { size: 'P1v3' }],
      ['compute', 'disk-spark-tmp', 'resize', { size: 'Standard_LRS' }],
      ['storage', 'aurorabackups', 'set-tier', { tier: 'Cool' }],
      ['web', 'intranet-aurora', 'stop', {}],
      ['aks', 'aks-dev', 'stop', {}],
    ] as const;
    for (const [service, name, operation, parameters] of changes) {
      const resource = await named(connection, service, name);
      const request = order(resource, operation, parameters);
      const done = await connection.operate(request);
      await settled(connection, resource, ['running', 'stopped', 'in_use', 'available', 'active']);
      expect(await connection.reconcileOperation(request), name).toMatchObject({ happened: 'yes' });
      await connection.operate(order(resource, done.undo?.operation ?? '', done.undo?.parameters ?? {}));
      const back = await settled(connection, resource, [resource.state]);
      expect([back?.state, back?.size?.sku], name).toEqual([resource.state, resource.size?.sku]);
    }
  });

  test('an attached disk and a used address are not deleted', async () => {
    const connection = connect();
    const disk = await named(connection, 'compute', 'vm-airflow_OsDisk_1');
    const address = await named(connection, 'network', 'vm-airflow-ip');
    expect((await failure(connection.operate(order(disk, 'delete')))).kind).toBe('conflict_state');
    expect((await failure(connection.operate(order(address, 'delete')))).kind).toBe('conflict_state');
  });

  test('an operation that fails after it was accepted leaves the machine as it was', async () => {
    const connection = connect();
    const vm = await named(connection, 'compute', 'vm-airflow');
    cloud.simulator.control.addFault({
      effect: { kind: 'operation-fails', code: 'AllocationFailed', message: 'no room' },
      target: { actions: ['Microsoft.Compute/virtualMachines/deallocate/action'] },
      times: 1,
    });
    const request = order(vm, 'stop');
    expect((await connection.operate(request)).status).toBe('accepted');
    const waited = await failure(connection.waitFor({ resource: vm, states: ['stopped'], timeoutMs: 100 }));
    expect(waited.kind).toBe('unavailable');
    expect(await connection.reconcileOperation(request)).toMatchObject({ happened: 'no' });
    // It runs on and can be stopped, whatever became of the last operation.
    expect(await connection.inspect(vm)).toMatchObject({
      state: 'running',
      attributes: { provisioningState: 'Failed' },
    });
    await connection.operate(request);
    await settled(connection, vm, ['stopped']);
  });

  test('a machine without room to start is told as failed, and can be resized and started', async () => {
    const connection = connect();
    const vm = await named(connection, 'compute', 'vm-dev-old');
    const fault = cloud.simulator.control.addFault({
      effect: { kind: 'operation-fails', code: 'AllocationFailed', message: 'no room' },
      target: { actions: ['Microsoft.Compute/virtualMachines/start/action'] },
    });
    await connection.operate(order(vm, 'start'));
    expect(await connection.inspect(vm)).toMatchObject({ state: 'failed', stateRaw: 'deallocated' });
    cloud.simulator.control.faults.remove(fault);
    await connection.operate(order(vm, 'resize', { size: 'Standard_D2s_v5' }));
    await settled(connection, vm, ['stopped']);
    await connection.operate(order(vm, 'start'));
    expect((await settled(connection, vm, ['running']))?.size?.sku).toBe('Standard_D2s_v5');
  });
});

describe('faults', () => {
  test('a missing permission hides one type, names itself, and leaves the others', async () => {
    const readOnly = applicationOf(cloud.simulator, 'azure-admin').values['clientId'] ?? '';
    const directory = [...cloud.simulator.control.world.directories.values()].find((one) =>
      one.applications.has(readOnly),
    );
    const objectId = directory?.applications.get(readOnly)?.objectId ?? '';
    subscription().roles.set(objectId, { actions: ['*'], notActions: ['Microsoft.Compute/disks/*'] });
    const connection = connect();
    const { ends, resources } = await listAll(connection, { service: 'compute', region: 'global' });
    expect(ends.get('azure.compute.disk')?.problem).toMatchObject({
      kind: 'denied',
      action: 'Microsoft.Compute/disks/read',
    });
    expect(resources.some((one) => one.type === 'azure.compute.vm')).toBe(true);
    const missing = (await connection.probe()).filter((finding) => finding.granted === 'no');
    expect(missing.map((finding) => finding.action)).toContain('Microsoft.Compute/disks/read');
  });

  test('a disabled subscription can be read and says why it cannot be changed', async () => {
    subscription().state = 'Disabled';
    const connection = connect();
    const vm = await named(connection, 'compute', 'vm-airflow');
    expect((await failure(connection.operate(order(vm, 'stop')))).problem).toMatchObject({
      kind: 'not_enabled',
      providerCode: 'ReadOnlyDisabledSubscription',
    });
  });

  test('a subscription of somebody else is not found', async () => {
    const credentials = applicationOf(cloud.simulator, 'azure-admin');
    const connection = azure.connect(
      {
        ...credentials,
        values: { ...credentials.values, subscriptionId: '00000000-0000-4000-8000-000000000000' },
      },
      { endpoint: cloud.simulator.microsoft.url, limits: QUICK },
    );
    cloud.opened(connection);
    const { problem } = await failure(connection.identity());
    expect(problem).toMatchObject({
      kind: 'not_found',
      message: expect.stringContaining('no role on it yet'),
    });
  });

  test("throttling for minutes is waited out with the provider's own pause", async () => {
    let now = Date.now();
    const naps: number[] = [];
    const clock = {
      now: () => now,
      sleep: async (milliseconds: number) => {
        naps.push(milliseconds);
        now += milliseconds;
      },
    };
    cloud.simulator.control.addFault({
      effect: { kind: 'throttle', retryAfterSeconds: 150 },
      target: { actions: ['Microsoft.Storage/*'] },
      times: 1,
    });
    expect(
      (await all(connect('azure-admin', { clock, limits: { retryForMs: 900_000 } }), 'storage')).length,
    ).toBeGreaterThan(0);
    expect(naps.some((nap) => nap >= 150_000)).toBe(true);
  });

  test('pages of three are followed; a repeating link, HTML, a cut answer and a lost connection end in a clear state', async () => {
    cloud.simulator.control.addFault({ effect: { kind: 'partial-pages', maxItems: 3 } });
    expect((await all(connect(), 'compute')).filter((one) => one.type === 'azure.compute.disk')).toHaveLength(
      subscription().ofType('Microsoft.Compute/disks').length,
    );
    for (const effect of [
      { kind: 'repeat-token' },
      { kind: 'html-error', status: 502 },
      { kind: 'truncate' },
      { kind: 'reset' },
    ] as const) {
      cloud.simulator.control.faults.clear();
      cloud.simulator.control.addFault({
        effect,
        target: { actions: ['Microsoft.Storage/storageAccounts/read'] },
      });
      const { ends } = await listAll(connect('azure-admin', { limits: { retryForMs: 200 } }), {
        service: 'storage',
        region: 'global',
      });
      expect(ends.get('azure.storage.account')?.problem?.kind, effect.kind).toBe('unavailable');
    }
  });

  test('costs come over all pages, and by tag', async () => {
    const connection = connect();
    const answer = await connection.costs({
      from: '2026-08-01',
      to: '2026-09-01',
      granularity: 'monthly',
      groupBy: [{ by: 'tag', key: 'app' }],
    });
    expect(answer.rows.map((row) => row.keys[0])).toContain('analytics');
    const daily = await connection.costs({
      from: '2026-06-01',
      to: '2026-09-01',
      granularity: 'daily',
      groupBy: [{ by: 'usage_type' }, { by: 'region' }],
    });
    expect(daily.rows.length).toBeGreaterThan(1000);
  });
});

test('sizes are read from their names', () => {
  expect(machineSize('Standard_D4s_v5')).toEqual({ cpus: 4, memoryGiB: 16 });
  expect(machineSize('Standard_E8as_v5')).toEqual({ cpus: 8, memoryGiB: 64 });
  expect(machineSize('Standard_D2ls_v5')).toEqual({ cpus: 2, memoryGiB: 4 });
  expect(machineSize('Standard_E16-4s_v5')).toEqual({ cpus: 4, memoryGiB: 128 });
  expect(machineSize('Standard_B2ms')).toEqual({ cpus: 2, memoryGiB: 8 });
  expect(machineSize('Standard_A2')).toBeUndefined();
});
