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

test('errors come in the envelope the client reads', { timeout: 120_000 }, async () => {
  const missing = client().disks.get({ project, zone: 'us-central1-a', disk: 'no-such-disk' });
  await expect(missing).rejects.toMatchObject({
    status: 404,
    message: expect.stringContaining('was not found'),
  });
});
