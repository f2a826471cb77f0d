/** Google Cloud as its user meets it: connect, see, stop and start, cost, a saving and its undo. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectNoFaults, launchBrowser } from './kit.ts';
import {
  applyAndUndo,
  cloudPatience,
  connect,
  create,
  newPlace,
  ofDemo,
  scan,
  seeCosts,
  seeRefusal,
  stopAndStart,
  type Place,
} from './providers.ts';

let browser: Browser;
let page: Page;
let place: Place;
let credentials: Record<string, string>;

beforeAll(async () => {
  const account = await ofDemo(({ report }) =>
    report?.serviceAccounts?.find(({ label }) => label === 'gcp-admin'),
  );
  credentials = {
    'Key of the service account (JSON)': account.key,
    'Table of the billing export': account.billingTable,
  };
  browser = await launchBrowser();
  ({ page, place } = await newPlace(browser, 'gcp'));
});
afterAll(() => browser.close());

test('connect, see, operate, create, cost, save and undo', { timeout: 400_000 }, async () => {
  const wanted = {
    provider: 'Google Cloud',
    access: { file: 'cloudatlas-role.yaml', text: 'compute.instances.setMachineType' },
    credentials,
    name: 'Storefront',
  };
  const half = `{"type": "service_account"${' '.repeat(100)}}`;
  await seeRefusal(
    page,
    place,
    { ...wanted, credentials: { ...credentials, 'Key of the service account (JSON)': half } },
    'is no key of a service account',
  );
  await connect(page, place, wanted);

  await stopAndStart(page, place, { type: 'gcp.compute.instance', name: 'web-2', stop: 'Stop' });

  await create(page, place, {
    what: 'Bucket',
    region: 'southamerica-east1',
    name: ['Bucket name', `atlas-e2e-${Date.now().toString(36)}`],
  });

  await seeCosts(page, place, 'Compute Engine', { type: 'gcp.compute.instance', name: 'web-2' });

  const machine = async (): Promise<string | undefined> => {
    const answer = await page.request.get(`${place.api}/resources?q=campaign-2024&type=gcp.compute.instance`);
    const { items } = (await answer.json()) as { items: { name: string; state: string }[] };
    return items.find(({ name }) => name === 'campaign-2024')?.state;
  };
  await scan(page, place);
  const finding = { title: 'Idle VM instance', resource: 'campaign-2024' };
  await applyAndUndo(page, place, finding, () => expect.poll(machine, cloudPatience).toBe('stopped'));
  await expect.poll(machine, cloudPatience).toBe('running');
  expectNoFaults(page);
});
