/** Azure as its user meets it: connect, see, stop and start, cost, a saving and its undo. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible, expectNoFaults, launchBrowser, newDemoPage } from './kit.ts';
import {
  applyAndUndo,
  cloudPatience,
  connect,
  demoReport,
  newWorkspace,
  openResource,
  operate,
  scanned,
  seeCosts,
  toCredentials,
  type Place,
} from './providers.ts';

let browser: Browser;
let page: Page;
let place: Place;
let credentials: Record<string, string>;

beforeAll(async () => {
  const application = (await demoReport()).applications?.find(({ label }) => label === 'azure-admin');
  if (application === undefined) throw new Error('the demo has no application of Azure');
  credentials = {
    'Directory (tenant) ID': application.tenantId,
    'Application (client) ID': application.clientId,
    'Client secret': application.clientSecret,
    'Subscription ID': application.subscriptionId ?? '',
  };
  browser = await launchBrowser();
  page = await newDemoPage(browser);
  place = await newWorkspace(page, 'azure');
});
afterAll(() => browser.close());

test('connect, see, operate, cost, save and undo', { timeout: 400_000 }, async () => {
  const wanted = {
    provider: 'Azure',
    access: { file: 'cloudatlas-role.json', text: 'Microsoft.Compute/virtualMachines/deallocate/action' },
    credentials,
    name: 'Data platform',
  };
  // A wrong secret first: told in words a person can act on.
  await toCredentials(page, place, {
    ...wanted,
    credentials: { ...credentials, 'Client secret': 'not-the-secret' },
  });
  await page.getByRole('button', { name: 'Check' }).click();
  await page
    .getByRole('alert')
    .getByText(/The client secret is wrong/)
    .first()
    .waitFor(cloudPatience);

  await connect(page, place, wanted);

  const panel = await openResource(page, place, 'azure.compute.vm', 'vm-airflow');
  const state = panel.getByRole('status').first();
  await expect.poll(() => state.textContent(), cloudPatience).toContain('Running');
  await expectAccessible(page);
  await operate(page, panel, 'Stop (deallocate)', 'vm-airflow');
  await expect.poll(() => state.textContent(), cloudPatience).toBe('Stopped');
  await operate(page, panel, 'Start', 'vm-airflow');
  await expect.poll(() => state.textContent(), cloudPatience).toBe('Running');

  await seeCosts(page, place, 'Virtual Machines');

  const tier = async (): Promise<string | undefined> => {
    const answer = await page.request.get(`${place.api}/resources?q=aurorabackups&type=azure.storage.account`);
    return ((await answer.json()) as { items: { stateRaw: string }[] }).items[0]?.stateRaw;
  };
  await scanned(page, place);
  const finding = { title: 'Hot storage that is hardly read', resource: 'aurorabackups' };
  await applyAndUndo(page, place, finding, () => expect.poll(tier, cloudPatience).toBe('Cool'));
  await expect.poll(tier, cloudPatience).toBe('Hot');
  expectNoFaults(page);
});
