/** Azure as its user meets it: connect, see, stop and start, cost, a saving and its undo. */
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
  const application = await ofDemo(({ report }) =>
    report?.applications?.find(({ label }) => label === 'azure-admin'),
  );
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

test('connect, see, operate, create, cost, save and undo', { timeout: 400_000 }, async () => {
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

  await create(page, place, {
    what: 'Storage account',
    region: 'brazilsouth',
    name: ['Name', `atlase2e${Date.now().toString(36)}`],
    choices: { 'Resource group': 'rg-analytics-prod' },
  });

  await seeCosts(page, place, 'Virtual Machines');

  const tier = async (): Promise<string | undefined> => {
    const answer = await page.request.get(
      `${place.api}/resources?q=aurorabackups&type=azure.storage.account`,
    );
    return ((await answer.json()) as { items: { stateRaw: string }[] }).items[0]?.stateRaw;
  };
  await scan(page, place);
  const finding = { title: 'Hot storage that is hardly read', resource: 'aurorabackups' };
  await applyAndUndo(page, place, finding, () => expect.poll(tier, cloudPatience).toBe('Cool'));
  await expect.poll(tier, cloudPatience).toBe('Hot');
  expectNoFaults(page);
});
