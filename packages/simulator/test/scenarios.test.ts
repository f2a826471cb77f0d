import {
  DescribeInstancesCommand,
  DescribeSnapshotsCommand,
  DescribeVolumesCommand,
  paginateDescribeVolumes,
} from '@aws-sdk/client-ec2';
import {
  ListAccountsCommand,
  OrganizationsClient,
  type ListAccountsCommandOutput,
} from '@aws-sdk/client-organizations';
import { afterEach, expect, test } from 'vitest';
import { ec2Store } from '../src/aws/services/ec2/store.ts';
import { elbStore } from '../src/aws/services/elbv2/store.ts';
import { World } from '../src/aws/world.ts';
import { buildScenario } from '../src/scenarios/scenarios.ts';
import { startSimulator, type Simulator } from '../src/server.ts';
import { clientConfig, ec2Client, failure } from './support.ts';

let simulator: Simulator | undefined;
afterEach(async () => {
  await simulator?.close();
  simulator = undefined;
});

function world(seed: string): World {
  return new World({ seed, clock: { start: Date.UTC(2026, 0, 15), factor: 0 } });
}

test('equal seeds give equal estates, other seeds other ids', () => {
  const report = (seed: string) => JSON.stringify(buildScenario(world(seed), 'demo'));
  expect(report('a')).toBe(report('a'));
  expect(report('a')).not.toBe(report('b'));
});

test('every planted waste of compute and load balancing exists, and its kind is true of it', () => {
  const w = world('waste');
  const { waste, keys } = buildScenario(w, 'demo');
  const account = w.accounts.get(keys[0]?.accountId ?? '');
  if (!account) throw new Error('no account');
  const kinds = new Set(waste.map((p) => p.kind));
  for (const kind of [
    'orphan-volume',
    'idle-address',
    'idle-instance',
    'oversized-instance',
    'old-snapshot',
    'gp2-volume',
    'stopped-instance-with-volumes',
    'idle-load-balancer',
  ]) {
    expect(kinds).toContain(kind);
  }
  for (const piece of waste) {
    const store = account.store(ec2Store, piece.region);
    if (piece.service === 'elasticloadbalancing') {
      expect(account.store(elbStore, piece.region).loadBalancers.get(piece.resourceId)).toBeDefined();
    }
    // An anomaly is an event in the bill, not a resource.
    if (piece.service !== 'ec2' || piece.kind === 'cost-anomaly') continue;
    expect(store.find(piece.resourceId), `${piece.kind} ${piece.resourceId}`).toBeDefined();
    const volume = store.volumes.get(piece.resourceId)?.data.volume;
    const instance = store.instances.get(piece.resourceId)?.data.instance;
    if (piece.kind === 'orphan-volume') expect(volume?.State).toBe('available');
    if (piece.kind === 'gp2-volume') expect(volume?.VolumeType).toBe('gp2');
    if (piece.kind === 'idle-address')
      expect(store.addresses.get(piece.resourceId)?.data.AssociationId).toBeUndefined();
    if (piece.kind === 'stopped-instance-with-volumes') expect(instance?.State?.Name).toBe('stopped');
    if (piece.kind === 'idle-instance')
      expect(w.loadProfiles.get(piece.resourceId)?.cpuAverage).toBeLessThan(3);
  }
});

test('the demo estate answers over the wire in its three regions', async () => {
  simulator = await startSimulator({ scenario: 'demo' });
  for (const region of ['us-east-1', 'sa-east-1', 'eu-west-1']) {
    const ec2 = ec2Client(simulator, 'read-only', region);
    expect((await ec2.send(new DescribeInstancesCommand({}))).Reservations?.length).toBeGreaterThan(3);
    expect((await ec2.send(new DescribeVolumesCommand({}))).Volumes?.length).toBeGreaterThan(5);
  }
  const quiet = ec2Client(simulator, 'read-only', 'us-west-2');
  expect((await quiet.send(new DescribeInstancesCommand({}))).Reservations).toEqual([]);
});

test('large has as many resources as asked for, over accounts and regions', async () => {
  simulator = await startSimulator({
    scenario: 'large',
    scenarioOptions: { resources: 10_000, accounts: 2 },
  });
  const { counts = {}, keys = [] } = simulator.control.report ?? {};
  expect(Object.values(counts).reduce((a, b) => a + b, 0)).toBe(10_000);
  expect(new Set(keys.map((k) => k.accountId)).size).toBe(2);
  let listed = 0;
  for (const region of ['us-east-1', 'us-west-2', 'eu-west-1', 'sa-east-1']) {
    const client = ec2Client(simulator, 'admin', region);
    for await (const page of paginateDescribeVolumes({ client, pageSize: 1000 }, {}))
      listed += page.Volumes?.length ?? 0;
    const own = await client.send(new DescribeSnapshotsCommand({ OwnerIds: ['self'] }));
    expect(own.Snapshots?.length).toBeGreaterThan(100);
  }
  expect(listed).toBe((counts['ec2:volume'] ?? 0) / 2);
});

test('mixed spreads what was asked for over four providers, equal for equal seeds', () => {
  const build = () => {
    const world = new World({ seed: 'mixed' });
    return { world, report: buildScenario(world, 'mixed', { resources: 2000 }) };
  };
  const { world, report } = build();
  const demo = buildScenario(new World({ seed: 'mixed' }), 'demo').counts;
  const more = (kind: string) => (report.counts[kind] ?? 0) - (demo[kind] ?? 0);
  expect(more('azure:resource')).toBeGreaterThanOrEqual(440);
  expect(more('azure:resource')).toBeLessThan(445);
  expect(more('gcp:resource')).toBeGreaterThanOrEqual(320);
  expect(more('gcp:resource')).toBeLessThan(325);
  expect(more('m365:user')).toBe(120);
  const [subscription] = world.subscriptions.values();
  for (const machine of subscription?.ofType('Microsoft.Compute/virtualMachines') ?? []) {
    const storage = machine.properties['storageProfile'] as { osDisk: { managedDisk: { id: string } } };
    expect(subscription?.find(storage.osDisk.managedDisk.id)?.managedBy).toBe(machine.id);
  }
  expect(report.keys.length).toBeGreaterThan(0);
  expect(report.applications?.map(({ label }) => label)).toContain('azure-admin');
  expect(report.serviceAccounts?.map(({ label }) => label)).toContain('gcp-admin');
  expect(build().report.counts).toEqual(report.counts);
});

test('Organizations lists accounts after an empty first page', async () => {
  simulator = await startSimulator({ scenario: 'large', scenarioOptions: { resources: 12, accounts: 25 } });
  const client = new OrganizationsClient(clientConfig(simulator));
  const pages: number[] = [];
  let token: string | undefined;
  do {
    const answer: ListAccountsCommandOutput = await client.send(
      new ListAccountsCommand(token ? { NextToken: token } : {}),
    );
    pages.push(answer.Accounts?.length ?? 0);
    token = answer.NextToken;
  } while (token !== undefined);
  expect(pages).toEqual([0, 20, 5]);
  const member = new OrganizationsClient(clientConfig(simulator, 'admin-2'));
  expect(await failure(member.send(new ListAccountsCommand({})))).toMatchObject({
    name: 'AccessDeniedException',
  });
});

test('an account without organization says so', async () => {
  simulator = await startSimulator({ scenario: 'empty' });
  const client = new OrganizationsClient(clientConfig(simulator));
  expect(await failure(client.send(new ListAccountsCommand({})))).toMatchObject({
    name: 'AWSOrganizationsNotInUseException',
  });
});
