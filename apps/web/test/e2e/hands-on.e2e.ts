/** Doing things on pages that other tests only look at: several resources at once, tags, views, credentials, money rules. */
import { readFile } from 'node:fs/promises';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoKeys, type Key } from './demo-keys.ts';
import { expectNoFaults, launchBrowser, newDemoPage, patience, settled } from './kit.ts';

const production = '/o/aurora/w/production';
const slug = `hands-${Date.now().toString(36)}`;
const own = `/o/aurora/w/${slug}`;
/** Names that no other test and no earlier run has. */
const tag = Date.now().toString(36);
/** The bundled cloud is slower than a click. */
const cloudPatience = { timeout: 90_000, interval: 250 } as const;

let browser: Browser;
let page: Page;
let key: Key;

beforeAll(async () => {
  key = (await demoKeys())('admin');
  browser = await launchBrowser();
  page = await newDemoPage(browser);
});
afterAll(() => browser.close());

/** The topmost dialog or side panel. */
const dialog = (name?: string | RegExp): Locator =>
  (name === undefined ? page.getByRole('dialog') : page.getByRole('dialog', { name })).last();
/** A notification; it is also in a region for screen readers. */
const said = (text: string): Promise<void> => page.getByText(text, { exact: true }).first().waitFor();
const row = (text: string): Locator => page.getByRole('row').filter({ hasText: text });

describe('resources', () => {
  const analytics = `${production}/resources?q=analytics-etl&type=aws.ec2.instance`;

  test('two at once: the provider is asked first, without anything changing', async () => {
    await page.goto(analytics);
    await settled(page);
    await page.getByRole('checkbox', { name: 'Select all' }).click();
    await page.getByRole('button', { name: 'Reboot' }).click();
    await dialog(/^Reboot: \d+ resources$/)
      .getByRole('button', { name: 'Only check' })
      .click();
    await page
      .getByText(/The provider is being asked/)
      .first()
      .waitFor();
    await page.goto(`${production}/orders`);
    const order = row('analytics-etl-1').first();
    await expect.poll(() => order.textContent(), cloudPatience).toContain('Done');
    await order.click();
    await dialog().getByText('The provider would carry it out.').waitFor();
  });

  test('a tag is set at the provider and seen in the list', async () => {
    await page.goto(analytics);
    await page.getByRole('link', { name: 'analytics-etl-1', exact: true }).click();
    await dialog().getByRole('button', { name: 'Edit' }).click();
    await dialog().getByRole('button', { name: 'Add' }).click();
    await dialog().getByRole('textbox', { name: /key/i }).last().fill('e2e');
    await dialog().getByRole('textbox', { name: /value/i }).last().fill(tag);
    await dialog().getByRole('button', { name: 'Save at the provider' }).click();
    await said('The tags are being changed');
    await expect
      .poll(async () => {
        await page.goto(`${production}/resources?tag=e2e%3D${tag}`);
        await settled(page);
        return row('analytics-etl-1').count();
      }, cloudPatience)
      .toBe(1);
  });

  test('a view is saved, opened and deleted', async () => {
    await page.goto(analytics);
    await settled(page);
    await page.getByRole('button', { name: 'Views' }).click();
    await dialog('Saved views').getByLabel('Name of the present view').fill(`View ${tag}`);
    await dialog('Saved views').getByRole('button', { name: 'Save' }).click();
    await said('View saved');
    await page.keyboard.press('Escape');
    await page.goto(`${production}/resources`);
    await settled(page);
    await page.getByRole('button', { name: 'Views' }).click();
    await dialog('Saved views')
      .getByRole('button', { name: `View ${tag}`, exact: true })
      .click();
    await page.waitForURL(/q=analytics-etl/);
    await page.getByRole('button', { name: 'Views' }).click();
    const remove = dialog('Saved views').getByRole('button', { name: `Delete view View ${tag}` });
    await remove.click();
    await expect.poll(() => remove.count(), patience).toBe(0);
  });

  test('what the filters leave comes out as CSV', async () => {
    await page.goto(analytics);
    await settled(page);
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export as CSV' }).click();
    const text = await readFile(await (await download).path(), 'utf8');
    expect(text).toContain('analytics-etl-1');
    expect(text).not.toContain('payments');
    expectNoFaults(page);
  });
});

describe('an account', () => {
  test('gets new credentials, and is disconnected by typing its name', async () => {
    const headers = { 'x-atlas-csrf': '1' };
    const api = '/api/v1/orgs/aurora/workspaces';
    expect((await page.request.post(api, { headers, data: { name: `Hands ${tag}`, slug } })).status()).toBe(
      201,
    );
    const connected = await page.request.post(`${api}/${slug}/accounts`, {
      headers,
      data: {
        name: 'Spare cloud',
        provider: 'aws',
        endpoint: 'simulator',
        credentials: {
          method: 'keys',
          values: { accessKeyId: key.accessKeyId, secretAccessKey: key.secretAccessKey },
        },
        features: ['inventory'],
      },
    });
    expect(connected.status()).toBe(201);
    await page.goto(`${own}/accounts`);
    await page.getByRole('link', { name: 'Spare cloud' }).click();
    await page.getByRole('button', { name: 'Rotate credentials' }).click();
    const rotate = dialog('New credentials for Spare cloud');
    await rotate.getByLabel('Access key ID').fill(key.accessKeyId);
    await rotate.getByLabel('Secret access key', { exact: true }).fill(key.secretAccessKey);
    await rotate.getByRole('button', { name: 'Check and replace' }).click();
    await said('The credentials were replaced');

    await page.getByRole('button', { name: 'Disconnect account' }).click();
    const question = dialog('Disconnect Spare cloud?');
    await question.getByRole('textbox').fill('Spare cloud');
    await question.getByRole('button', { name: 'Disconnect account' }).click();
    await said('Spare cloud is disconnected');
    await page.waitForURL(/\/accounts$/);
    expectNoFaults(page);
  });
});

describe('money', () => {
  test('a budget is saved and watched', async () => {
    await page.goto(`${production}/costs/budgets`);
    await settled(page);
    await page.getByRole('button', { name: 'New budget' }).first().click();
    await dialog('New budget').getByLabel('Name', { exact: true }).fill(`Budget ${tag}`);
    await dialog('New budget').getByLabel('Amount', { exact: true }).fill('1000000');
    await dialog('New budget').getByRole('button', { name: 'Save', exact: true }).click();
    await said(`Budget ${tag} saved`);
    await expect.poll(() => row(`Budget ${tag}`).textContent(), patience).toContain('$1,000,000.00');
    await row(`Budget ${tag}`).click();
    await dialog(`Budget ${tag}`).getByRole('button', { name: 'Remove', exact: true }).click();
    await dialog(`Remove Budget ${tag}?`).getByRole('button', { name: 'Remove', exact: true }).click();
    await row(`Budget ${tag}`).waitFor({ state: 'detached' });
  });

  test('an alert rule is saved', async () => {
    await page.goto(`${production}/alerts/rules`);
    await settled(page);
    await page.getByRole('button', { name: 'New rule' }).first().click();
    await dialog('New rule').getByLabel('Name', { exact: true }).fill(`Rule ${tag}`);
    await dialog('New rule').getByLabel('Condition').selectOption({ label: 'Cost reaches an amount' });
    await dialog('New rule').getByLabel('Amount', { exact: true }).fill('9000000');
    await dialog('New rule').getByRole('button', { name: 'Save', exact: true }).click();
    await said(`Rule ${tag} saved`);
    await expect.poll(() => row(`Rule ${tag}`).textContent(), patience).toContain('$9,000,000.00');
  });

  test('an allocation rule splits nothing away: the parts stay the whole', async () => {
    await page.goto(`${production}/costs/allocation`);
    await settled(page);
    const total = page.locator('dl dd').first();
    const before = await total.textContent();
    await page.getByRole('button', { name: 'Rules', exact: true }).click();
    const rules = dialog('Rules');
    await rules.getByRole('button', { name: 'Save', exact: true }).click();
    await said('Rules saved');
    await settled(page);
    expect(await total.textContent()).toBe(before);
  });

  test('an exchange rate is added and deleted', async () => {
    await page.goto(`${production}/costs/settings`);
    await settled(page);
    await page.getByRole('button', { name: 'Add rate' }).click();
    const add = dialog('Add rate');
    await add.getByLabel('From currency').fill('chf');
    await add.getByLabel('To currency').fill('usd');
    await add.getByLabel('From', { exact: true }).fill('2026-01-01');
    await add.getByLabel('Rate').fill('1.125');
    await add.getByRole('button', { name: 'Save', exact: true }).click();
    const rate = row('CHF → USD');
    await rate.getByText('1.125').waitFor();
    await rate.getByRole('button', { name: /^Actions for/ }).click();
    await page.getByRole('menuitem', { name: 'Remove' }).click();
    await expect.poll(() => rate.count(), patience).toBe(0);
  });

  test('an anomaly is marked as expected, and not after all', async () => {
    await page.goto(`${production}/costs/anomalies`);
    await settled(page);
    await page.getByRole('row').nth(1).click();
    await dialog().getByLabel('Note').fill('The yearly sale');
    await dialog().getByRole('button', { name: 'Mark as expected' }).click();
    await dialog().getByText('The yearly sale').waitFor();
    await dialog().getByRole('button', { name: 'Not expected after all' }).click();
    await expect
      .poll(() => dialog().getByRole('button', { name: 'Mark as expected' }).count(), patience)
      .toBe(1);
    await page.keyboard.press('Escape');
  });

  test('the bell tells what is unread, and leads to it', async () => {
    await page.goto(production);
    await settled(page);
    const bell = page.getByRole('button', { name: /^Alerts/ }).first();
    await bell.click();
    await page.getByText('Latest alerts').waitFor();
    await page.getByRole('menuitem', { name: 'See all alerts' }).click();
    await page.waitForURL(/\/alerts$/);
    await page.getByRole('heading', { level: 1, name: 'Alerts' }).waitFor();
    expectNoFaults(page);
  });
});
