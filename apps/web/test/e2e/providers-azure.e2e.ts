/** Azure as its user meets it: connect, see, stop and start, cost, a saving and its undo. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectNoFaults, launchBrowser } from './kit.ts';
import {
  applyAndUndo,
  clientSecret,
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
  const application = await ofDemo(({ report }) =>
    report?.applications?.find(({ label }) => label === 'azure-admin'),
  );
  credentials = {
    ...clientSecret(application),
    'Subscription ID': application.subscriptionId ?? '',
  };
  browser = await launchBrowser();
  ({ page, place } = await newPlace(browser, 'azure'));
});
afterAll(() => browser.close());

test('connect, see, operate, create, cost, save and undo', { timeout: 400_000 }, async () => {
  const wanted = {
    provider: 'Azure',
    access: { file: 'cloudatlas-role.json', text: 'Microsoft.Compute/virtualMachines/deallocate/action' },
    credentials,
    name: 'Data platform',
  };
  await seeRefusal(
    page,
    place,
    { ...wanted, credentials: { ...credentials, 'Client secret': 'not-the-secret' } },
    'The client secret is wrong',
  );
  await connect(page, place, wanted);

  await stopAndStart(page, place, {
    type: 'azure.compute.vm',
    name: 'vm-airflow',
    stop: 'Stop (deallocate)',
  });

  await create(page, place, {
    what: 'Storage account',
    region: 'brazilsouth',
    name: ['Name', `atlase2e${Date.now().toString(36)}`],
    choices: { 'Resource group': 'rg-analytics-prod' },
  });

  await seeCosts(page, place, 'Virtual Machines', { type: 'azure.compute.vm', name: 'vm-airflow' });

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
