import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ec2Store } from '../../simulator/src/aws/services/ec2/store.ts';
import { startSimulator, type Simulator } from '../../simulator/src/server.ts';
import type { Connection } from '../src/contract.ts';
import type { Resource } from '../src/resource.ts';
import { connect, listAll } from './support.ts';

let simulator: Simulator;
let connection: Connection;
const found = new Map<string, Resource[]>();

beforeAll(async () => {
  simulator = await startSimulator({ scenario: 'demo', transitionScale: 0 });
  connection = connect(simulator);
  // A host costs more than the whole estate would bear, so the demo has none.
  const ec2 = simulator.control.world.accounts.get('210987654321')?.store(ec2Store, 'us-east-1');
  ec2?.hosts.add('h-0123456789abcdef0', {
    HostId: 'h-0123456789abcdef0',
    State: 'available',
    AvailabilityZone: 'us-east-1a',
    AllocationTime: new Date('2026-10-01T00:00:00Z'),
    HostProperties: { InstanceFamily: 'm5', TotalVCpus: 96, Cores: 48, Sockets: 2 },
    Instances: [],
  });
  for (const service of connection.services) {
    const regions = service.scope === 'global' ? ['global'] : ['us-east-1', 'sa-east-1', 'eu-west-1'];
    for (const region of regions) {
      const { resources, ends } = await listAll(connection, { service: service.id, region });
      for (const end of ends.values()) expect(end.problem, JSON.stringify(end)).toBeUndefined();
      for (const resource of resources)
        found.set(resource.type, [...(found.get(resource.type) ?? []), resource]);
    }
  }
}, 120_000);
afterAll(async () => {
  connection.close();
  await simulator.close();
});

describe('the further types of the demo estate', () => {
  test('every type is there, listed as it is looked at', async () => {
    const types = connection.services.flatMap((s) => s.resourceTypes.map((t) => t.id));
    expect(types.filter((t) => !found.has(t))).toEqual([]);
    for (const resources of found.values()) {
      const last = resources.at(-1) as Resource;
      expect(await connection.inspect(last), last.nativeId).toEqual(last);
    }
  });

  test('tags of every taggable type are set and removed', async () => {
    const types = connection.services.flatMap((s) => s.resourceTypes).filter((t) => t.taggable);
    for (const [i, { id }] of types.entries()) {
      const resource = found.get(id)?.[0];
      if (!resource) continue;
      const order = {
        resource,
        operation: 'tag',
        parameters: { tags: { probe: 'on' } },
        clientToken: `further-${i}-set`,
      };
      const done = await connection.operate(order);
      expect((await connection.inspect(resource)).tags, id).toEqual({ ...resource.tags, probe: 'on' });
      await connection.operate({
        resource,
        operation: 'tag',
        parameters: done.undo?.parameters ?? {},
        clientToken: `further-${i}-back`,
      });
      expect((await connection.inspect(resource)).tags, id).toEqual(resource.tags);
    }
  });

  test('planted waste and decoys are in the inventory', () => {
    const ids = new Set([...found.values()].flat().map((r) => r.id));
    const balancers = [...found.values()].flat().map((r) => r.name);
    const report = simulator.control.report;
    for (const piece of [...(report?.waste ?? []), ...(report?.decoys ?? [])]) {
      if (['m365', 'azure', 'gcp'].some((p) => piece.service.startsWith(p)) || piece.kind === 'cost-anomaly')
        continue;
      if (!/^(us|sa|eu)-|^global$/.test(piece.region)) continue;
      const known = [...ids].some((id) => id === piece.resourceId || piece.resourceId.endsWith(id));
      expect(known || balancers.includes(piece.resourceId), JSON.stringify(piece)).toBe(true);
    }
  });

  test('facts that rules rely on', () => {
    expect(found.get('aws.ec2.dedicated-host')?.[0]).toMatchObject({
      state: 'available',
      size: { sku: 'm5', cpus: 96 },
    });
    const of = (type: string, id: string) => found.get(type)?.find((r) => r.id === id || r.name === id);
    expect(of('aws.ecs.service', 'intranet/intranet-portal')?.size).toMatchObject({
      cpus: 2,
      memoryGiB: 8,
      nodes: 2,
    });
    expect(of('aws.ecr.repository', 'storefront-web')?.attributes).toMatchObject({
      LifecyclePolicy: null,
      Images: { Count: 160, Untagged: 120, More: false },
    });
    expect(of('aws.cloudtrail.trail', 'security-audit-2022')).toMatchObject({
      state: 'running',
      attributes: { ManagementEvents: 'All', HasDataEvents: false },
    });
    expect(of('aws.workspaces.workspace', 'carla.dias')?.attributes['Connection']).toMatchObject({
      LastKnownUserConnectionTimestamp: expect.stringMatching(/^\d{4}-/),
    });
    expect(
      of('aws.lambda.function', 'storefront-ab-test-2023')?.attributes['ProvisionedConcurrency'],
    ).toEqual([{ Qualifier: 'live', Requested: 3 }]);
    expect(of('aws.ec2.launch-template', 'storefront-render-template')?.relations).toContainEqual({
      kind: 'uses',
      targetNativeId: expect.stringContaining(':image/ami-'),
    });
    const stopped = found.get('aws.ec2.instance')?.filter((r) => r.state === 'stopped') ?? [];
    expect(stopped.length).toBeGreaterThan(0);
    for (const instance of stopped)
      expect(instance.attributes['StoppedAt']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/);
  });

  test('no secret and no value of one is in the attributes', () => {
    for (const type of ['aws.secretsmanager.secret', 'aws.ec2.launch-template', 'aws.ecs.service'])
      for (const resource of found.get(type) ?? [])
        expect(JSON.stringify(resource.attributes)).not.toMatch(/UserData|SecretString|environment"/);
  });
});

describe('metrics of the further types', () => {
  const DAY = 86_400;

  async function sums(type: string, metric: string, statistic: 'sum' | 'average' | 'maximum') {
    const to = Math.floor(simulator.control.world.clock.now() / 1000 / DAY) * DAY;
    const resources = found.get(type) ?? [];
    const series = await connection.metrics({
      targets: resources.map((resource) => ({ resource, metric, statistic })),
      periodSeconds: DAY,
      from: new Date((to - 3 * DAY) * 1000).toISOString(),
      to: new Date(to * 1000).toISOString(),
    });
    return new Map(
      series.map((s, i) => [
        resources[i]?.id ?? '',
        s.points.length === 0 ? undefined : s.points.reduce((sum, p) => sum + p.value, 0),
      ]),
    );
  }

  test('each descriptor can be read', async () => {
    const to = Math.floor(simulator.control.world.clock.now() / 1000 / DAY) * DAY;
    const targets = connection.metricTypes.flatMap((m) => {
      const resource = found.get(m.type)?.[0];
      return resource ? [{ resource, metric: m.id, statistic: m.statistics[0] ?? 'average' }] : [];
    });
    const series = await connection.metrics({
      targets,
      periodSeconds: DAY,
      from: new Date((to - 2 * DAY) * 1000).toISOString(),
      to: new Date(to * 1000).toISOString(),
    });
    expect(series).toHaveLength(targets.length);
    expect(series.filter((s) => !s.complete)).toEqual([]);
  });

  test.each([
    ['aws.kinesis.stream', 'incoming_records', 'storefront-clicks-v1', 'analytics-events'],
    ['aws.opensearch.domain', 'searches', 'storefront-logs-2023', 'storefront-catalogue'],
    ['aws.sagemaker.endpoint', 'invocations', 'storefront-recommender-v1', 'storefront-recommender-v2'],
  ] as const)(
    '%s %s: nothing where it is idle, something where it is used',
    async (type, metric, idle, used) => {
      const all = await sums(type, metric, 'sum');
      expect(all.get(idle)).toBe(0);
      expect(all.get(used)).toBeGreaterThan(1000);
    },
  );

  test('an endpoint is found by search, whatever its other dimensions', async () => {
    const bytes = await sums('aws.ec2.vpc-endpoint', 'network_bytes', 'sum');
    const interfaces = (found.get('aws.ec2.vpc-endpoint') ?? []).filter((e) => e.size?.sku === 'Interface');
    const used = interfaces.filter((e) => (bytes.get(e.id) ?? 0) > 0);
    expect([interfaces.length, used.map((e) => e.name)]).toEqual([2, [expect.stringContaining('ecr')]]);
  });

  test('an over-provisioned service and a busy one differ', async () => {
    const cpu = await sums('aws.ecs.service', 'cpu_utilization', 'average');
    expect((cpu.get('intranet/intranet-portal') ?? 0) / 3).toBeLessThan(10);
    expect((cpu.get('payments/payments-ledger') ?? 0) / 3).toBeGreaterThan(35);
  });

  test('network balancers are asked for flows, application balancers for requests', async () => {
    const requests = await sums('aws.elb.load-balancer', 'requests', 'sum');
    expect([...requests.values()].filter((v) => v === undefined)).toEqual([]);
  });
});
