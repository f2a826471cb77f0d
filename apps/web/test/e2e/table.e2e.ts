/** The one table on real data: thousands of rows would be the same code, two hundred show that it is windowed. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { atlas, expectAccessible, expectNoFaults, launchBrowser, newPage, settled, patience } from './kit.ts';
import { somebody, startOrganization } from './people.ts';

let browser: Browser;
let page: Page;
let org: string;

/** More than the table renders without a window. */
const changes = 140;

beforeAll(async () => {
  browser = await launchBrowser();
  page = await newPage(browser);
  await startOrganization(page, somebody('Elisa Prado'), 'Tabela Longa');
  org = /\/o\/([^/]+)/.exec(page.url())?.[1] ?? '';
  const headers = { 'x-atlas-csrf': '1', origin: atlas.url };
  for (let index = 0; index < changes; index += 1) {
    const answer = await page.request.patch(`/api/v1/orgs/${org}`, {
      headers,
      data: { name: `Tabela ${index}` },
    });
    if (!answer.ok()) throw new Error(`rename ${index}: ${answer.status()} ${await answer.text()}`);
  }
});
afterAll(() => browser.close());

const renderedRows = (): Promise<number> => page.locator('tbody tr[data-index]').count();

test('a long table renders the rows in sight only, and the keyboard reaches the last one', async () => {
  await page.goto(`/o/${org}/activity?limit=200`);
  await settled(page);
  await page.locator('tbody tr[data-index="0"]').waitFor();
  const total = Number(await page.getByRole('table').getAttribute('aria-rowcount')) - 1;
  expect(total).toBeGreaterThan(changes);
  expect(await renderedRows()).toBeLessThan(80);
  await page.locator('tbody tr[data-index="0"]').focus();
  await page.keyboard.press('End');
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-index')), patience)
    .toBe(String(total - 1));
  expect(await renderedRows()).toBeLessThan(80);
  await expectAccessible(page);
});

test('columns are chosen and stay chosen', async () => {
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Address' }).click();
  await page.keyboard.press('Escape');
  await expect.poll(() => page.getByRole('columnheader', { name: 'Address' }).count(), patience).toBe(0);
  await page.reload();
  await settled(page);
  expect(await page.getByRole('columnheader', { name: 'Address' }).count()).toBe(0);
});

test('pages and filters are in the address', async () => {
  await page.goto(`/o/${org}/activity?limit=25`);
  await settled(page);
  await page.getByRole('button', { name: 'Next page' }).click();
  await page.waitForURL('**offset=25**');
  await page.getByText(/^26–50 of \d+$/).waitFor();
  await page.getByLabel('Action', { exact: true }).selectOption('workspace.created');
  await page.waitForURL(
    (url) => url.searchParams.get('action') === 'workspace.created' && !url.searchParams.has('offset'),
  );
  await page.getByText(/^1–1 of 1$/).waitFor();
  await page.getByRole('button', { name: 'Remove filter Action' }).click();
  await page.waitForURL((url) => !url.searchParams.has('action'));
  await page.getByLabel('Outcome').selectOption('denied');
  await page.getByRole('heading', { name: 'Nothing matches the filters' }).waitFor();
  expectNoFaults(page);
});

test('the members are sorted by the head, and exported as shown', async () => {
  await page.goto(`/o/${org}/settings/members`);
  await settled(page);
  await page.getByRole('button', { name: 'Name', exact: true }).click();
  expect(await page.getByRole('columnheader', { name: 'Name' }).getAttribute('aria-sort')).toBe('ascending');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export as CSV' }).click();
  const stream = await (await download).createReadStream();
  let csv = '';
  for await (const chunk of stream) csv += String(chunk);
  expect(csv).toMatch(/^\uFEFFName,E-mail,Role,Second factor,Joined\r\nElisa Prado,elisa-/);
});
