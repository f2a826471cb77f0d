/** Microsoft 365 as its user meets it: connect, see, a licence taken and given, cost, a saving and its undo. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible, expectNoFaults, launchBrowser } from './kit.ts';
import {
  applyAndUndo,
  clientSecret,
  cloudPatience,
  connect,
  newPlace,
  ofDemo,
  openResource,
  operate,
  scan,
  seeCosts,
  seeRefusal,
  type Place,
} from './providers.ts';

let browser: Browser;
let page: Page;
let place: Place;
let credentials: Record<string, string>;
/** Somebody who holds Microsoft 365 E3 and uses it: no saving is about them. */
const user = 'Sofia Duarte';
let skuId: string;

beforeAll(async () => {
  const { application, product } = await ofDemo(({ report, world }) => ({
    application: report?.applications?.find(({ label }) => label === 'm365-admin'),
    product: [...world.directories.values()]
      .flatMap(({ skus }) => [...skus.values()])
      .find(({ skuPartNumber }) => skuPartNumber === 'SPE_E3'),
  }));
  if (!application || !product) throw new Error('the demo has no tenant');
  skuId = product.skuId;
  credentials = clientSecret(application);
  browser = await launchBrowser();
  ({ page, place } = await newPlace(browser, 'm365'));
});
afterAll(() => browser.close());

test('connect, see, operate, cost, save and undo', { timeout: 400_000 }, async () => {
  const wanted = {
    provider: 'Microsoft 365',
    access: { file: 'cloudatlas-m365.ps1', text: 'LicenseAssignment.ReadWrite.All' },
    credentials,
    name: 'Aurora tenant',
  };
  await seeRefusal(
    page,
    place,
    { ...wanted, credentials: { ...credentials, 'Client secret': 'not-the-secret' } },
    'The client secret is wrong',
  );
  await connect(page, place, wanted);

  const orders = async (): Promise<string[]> => {
    const answer = await page.request.get(`${place.api}/orders`);
    return ((await answer.json()) as { items: { status: string }[] }).items.map(({ status }) => status);
  };
  const panel = await openResource(page, place, 'm365.users.user', user);
  await expectAccessible(page);
  for (const [round, operation] of [
    [1, 'Remove licences'],
    [2, 'Assign licences'],
  ] as const) {
    await operate(page, panel, operation, user, { Licences: skuId });
    await expect.poll(orders, cloudPatience).toEqual(Array.from({ length: round }, () => 'done'));
  }

  await seeCosts(page, place, 'Microsoft 365 E3');

  await scan(page, place);
  const finding = { title: 'Guest with a paid licence', resource: 'Carla Ferreira' };
  await applyAndUndo(page, place, finding, async () => expectAccessible(page));
  expectNoFaults(page);
});
