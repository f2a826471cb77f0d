import { afterAll, beforeAll, expect, test } from 'vitest';
import { allFeatures, keyOf, startCloudStage, type CloudStage } from './support/cloud.ts';
import { seedDemo } from '../src/seed/demo.ts';

const credentials = { email: 'demo@aurora-demo.example', password: 'a long password of a demo 7291' };

let stage: CloudStage;
beforeAll(async () => {
  stage = await startCloudStage({ work: false });
});
afterAll(() => stage.close());

test('the demo has a pair of schedules for non-production and one that is off, once, when it has a cloud', async () => {
  const { application } = stage.atlas;
  const { identity, tenancy, accounts } = application.services;
  await seedDemo(application, credentials);
  const browser = stage.atlas.browser();
  await browser.post('/auth/sign-in', { ...credentials, transport: 'cookie' });
  const [demo] = (await browser.get('/orgs')).body.items;
  const schedules = async () =>
    (await browser.get(`/orgs/${demo.slug}/workspaces/production/schedules`)).body.items as {
      name: string;
      enabled: boolean;
      operation: string;
    }[];
  expect(await schedules()).toEqual([]);

  const workspaceId = (await tenancy.workspaceId(demo.id, 'production')) ?? '';
  const user = await identity.findUserByEmail(credentials.email);
  await accounts.connectAccount(
    { organizationId: demo.id, workspaceId },
    { actor: { kind: 'user', id: user?.id ?? '', label: 'test' } },
    {
      provider: 'aws',
      name: 'Demo cloud',
      endpoint: 'simulator',
      credentials: { method: 'keys', values: keyOf(stage.simulator) },
      features: allFeatures,
      signal: AbortSignal.timeout(60_000),
    },
  );
  await seedDemo(application, credentials);
  await seedDemo(application, credentials);
  const made = (await schedules()).map(({ name, operation, enabled }) => `${name}: ${operation} ${enabled}`);
  expect(made.toSorted()).toEqual([
    'Sandboxes, mornings only: start false',
    'Sandboxes, mornings only: stop false',
    'Staging by day: start true',
    'Staging by day: stop true',
  ]);
}, 120_000);
