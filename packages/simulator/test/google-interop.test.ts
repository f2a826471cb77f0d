import { compute, auth } from '@googleapis/compute';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startSimulator, type Simulator } from '../src/server.ts';

/** Google's own generated client, which nobody here wrote, against the simulator. */
let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator({ scenario: 'demo', transitionScale: 0 });
}, 120_000);
afterAll(() => simulator.close());

function client() {
  const found = simulator.control.report?.serviceAccounts?.find(({ label }) => label === 'gcp-admin');
  const credentials = JSON.parse(found?.key ?? '{}') as Record<string, string>;
  const signer = new auth.GoogleAuth({
    credentials,
    scopes: ['https://www.googleapis.com/auth/cloud-platform'],
    clientOptions: {
      transporterOptions: {
        fetchImplementation: async (input, init) => {
          const url = new URL(input instanceof Request ? input.url : input);
          const own = url.hostname === 'oauth2.googleapis.com';
          return fetch(own ? `${simulator.google.url}${url.pathname}` : url, init);
        },
      },
    },
  });
  return compute({ version: 'v1', auth: signer, rootUrl: `${simulator.google.url}/` });
}

const project = 'aurora-digital-prod';

test(
  'lists over all zones, stops, waits, and labels with the fingerprint',
  { timeout: 120_000 },
  async () => {
    const api = client();
    const listed = await api.instances.aggregatedList({ project });
    const names = Object.values(listed.data.items ?? {}).flatMap((part) => part.instances ?? []);
    expect(names.map((one) => one.name)).toContain('feed-exporter');
    const where = { project, zone: 'southamerica-east1-b', instance: 'feed-exporter' };
    const { data: stopping } = await api.instances.stop(where);
    const done = await api.zoneOperations.get({ project, zone: where.zone, operation: stopping.name ?? '' });
    expect(done.data).toMatchObject({ status: 'DONE', operationType: 'stop' });
    const { data: vm } = await api.instances.get(where);
    expect(vm.status).toBe('TERMINATED');
    await api.instances.setLabels({
      ...where,
      requestBody: {
        labels: { team: 'x' },
        ...(vm.labelFingerprint ? { labelFingerprint: vm.labelFingerprint } : {}),
      },
    });
    expect((await api.instances.get(where)).data.labels).toEqual({ team: 'x' });
  },
);

test('makes a machine of what it may choose from, once', { timeout: 120_000 }, async () => {
  const api = client();
  const zone = 'us-central1-a';
  const { data: types } = await api.machineTypes.list({ project, zone });
  expect(types.items?.find(({ name }) => name === 'e2-small')).toMatchObject({
    guestCpus: 2,
    memoryMb: 2048,
  });
  const { data: images } = await api.images.list({ project: 'debian-cloud' });
  const image = images.items?.findLast(({ deprecated }) => deprecated === undefined);
  const order = {
    project,
    zone,
    requestId: '0d6f1d0e-5f6b-4f0c-8a44-7a3f1f3f9c11',
    requestBody: {
      name: 'made-by-their-client',
      machineType: `zones/${zone}/machineTypes/e2-small`,
      disks: [{ boot: true, autoDelete: true, initializeParams: { sourceImage: image?.selfLink ?? null } }],
      networkInterfaces: [
        { subnetwork: `projects/${project}/regions/us-central1/subnetworks/apps-us-central1` },
      ],
    },
  };
  const { data: operation } = await api.instances.insert(order);
  const { data: again } = await api.instances.insert(order);
  expect(again.name).toBe(operation.name);
  const done = await api.zoneOperations.wait({ project, zone, operation: operation.name ?? '' });
  expect(done.data).toMatchObject({ status: 'DONE', operationType: 'insert' });
  const { data: vm } = await api.instances.get({ project, zone, instance: 'made-by-their-client' });
  expect(vm).toMatchObject({ status: 'RUNNING', disks: [{ boot: true, autoDelete: true }] });
  const { data: disk } = await api.disks.get({ project, zone, disk: 'made-by-their-client' });
  expect(disk).toMatchObject({ sizeGb: '10', users: [vm.selfLink] });
  const { requestId: _, ...anew } = order;
  await expect(api.instances.insert(anew)).rejects.toMatchObject({ status: 409 });
});

test('errors come in the envelope the client reads', { timeout: 120_000 }, async () => {
  const missing = client().disks.get({ project, zone: 'us-central1-a', disk: 'no-such-disk' });
  await expect(missing).rejects.toMatchObject({
    status: 404,
    message: expect.stringContaining('was not found'),
  });
});
