/** Google Cloud as its user meets it: connect, see, stop and start, cost, a saving and its undo. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible, expectNoFaults, launchBrowser, newDemoPage } from './kit.ts';
import {
  applyAndUndo,
  cloudPatience,
  connect,
  create,
  newWorkspace,
  ofDemo,
  openResource,
  operate,
  scan,
  seeCosts,
  toCredentials,
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
  page = await newDemoPage(browser);
  place = await newWorkspace(page, 'gcp');
});
afterAll(() => browser.close());

test('connect, see, operate, create, cost, save and undo', { timeout: 400_000 }, async () => {
  const wanted = {
    provider: 'Google Cloud',
    access: { file: 'cloudatlas-role.yaml', text: 'compute.instances.setMachineType' },
    credentials,
    name: 'Storefront',
  };
  // Half a key first: told in words a person can act on.
  await toCredentials(page, place, {
    ...wanted,
    credentials: { 'Key of the service account': `{"type": "service_account"${' '.repeat(100)}}` },
  });
  await page.getByRole('button', { name: 'Check' }).click();
  await page
    .getByText(/is no key of a service account/)
    .first()
    .waitFor(cloudPatience);

  await connect(page, place, wanted);

  const panel = await openResource(page, place, 'gcp.compute.instance', 'web-2');
  const state = panel.getByRole('status').first();
  await expect.poll(() => state.textContent(), cloudPatience).toContain('Running');
  await expectAccessible(page);
  await operate(page, panel, 'Stop', 'web-2');
  await expect.poll(() => state.textContent(), cloudPatience).toBe('Stopped');
  await operate(page, panel, 'Start', 'web-2');
  await expect.poll(() => state.textContent(), cloudPatience).toBe('Running');

  await create(page, place, {
    what: 'Bucket',
    region: 'southamerica-east1',
    name: ['Bucket name', `atlas-e2e-${Date.now().toString(36)}`],
  });

  await seeCosts(page, place, 'Compute Engine');

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
