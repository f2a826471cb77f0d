/** The shell by keyboard and on a phone; the page under a strict style policy; offline and gone sessions. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  expectAccessible,
  expectNoFaults,
  expectNoSidewaysScroll,
  launchBrowser,
  newDemoPage,
  phone,
  screenshot,
  settled,
  patience,
} from './kit.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

async function openPalette(page: Page): Promise<void> {
  await page.keyboard.press('Control+k');
  const input = page.getByRole('dialog', { name: 'Search and commands' }).getByRole('combobox');
  await expect
    .poll(() => input.evaluate((element) => element === document.activeElement), patience)
    .toBe(true);
}

test('the palette goes to pages and runs actions by keyboard alone', async () => {
  const page = await newDemoPage(browser);
  await openPalette(page);
  await screenshot(page, 'palette');
  await expectAccessible(page);
  await page.keyboard.type('invitations');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/settings/invitations');
  await openPalette(page);
  await page.keyboard.type('theme: dark');
  await page.keyboard.press('Enter');
  await expect
    .poll(() => page.evaluate(() => document.documentElement.dataset['theme']), patience)
    .toBe('dark');
  await openPalette(page);
  await page.keyboard.type('as the system');
  await page.keyboard.press('Enter');
  await expect
    .poll(() => page.evaluate(() => document.documentElement.dataset['theme']), patience)
    .toBe('light');
  // The first stop of the keyboard leads past the navigation.
  await page.goto('/o/aurora/settings/members');
  await settled(page);
  await page.keyboard.press('Tab');
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.textContent), patience)
    .toBe('Skip to content');
  expectNoFaults(page);
});

test('a table is walked and opened with the arrows, and its detail has an address', async () => {
  const page = await newDemoPage(browser);
  await page.goto('/o/aurora/activity');
  await settled(page);
  await page.locator('tbody tr').first().focus();
  await page.keyboard.press('ArrowDown');
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-index')), patience)
    .toBe('1');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/activity?entry=*');
  await page.getByRole('dialog').getByText('Entry number').waitFor();
  await expectAccessible(page);
  await screenshot(page, 'activity-detail');
  const address = page.url();
  await page.goto('about:blank');
  await page.goto(address);
  await page.getByRole('dialog').getByText('Entry number').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Verify the log' }).click();
  await page.getByText('The log is intact').first().waitFor();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export as CSV' }).click();
  expect((await download).suggestedFilename()).toMatch(/\.csv$/);
  expectNoFaults(page);
});

test('on a phone the navigation is a drawer', async () => {
  const page = await newDemoPage(browser, { viewport: phone });
  await page.getByRole('button', { name: 'Open navigation' }).click();
  const drawer = page.getByRole('dialog', { name: 'Main navigation' });
  await drawer.getByRole('link', { name: 'Settings' }).waitFor();
  await expectAccessible(page);
  await screenshot(page, 'drawer-phone');
  await drawer.getByRole('link', { name: 'Settings' }).click();
  await page.waitForURL('**/settings/general');
  await expect.poll(() => drawer.count(), patience).toBe(0);
  await expectNoSidewaysScroll(page);
  expectNoFaults(page);
});

test('the application needs no inline style and no eval', async () => {
  const page = await newDemoPage(browser);
  const response = await page.goto('/o/aurora/w/production');
  const policy = (await response?.headerValue('content-security-policy')) ?? '';
  expect(policy).toContain("script-src 'self';");
  expect(policy).toContain("style-src 'self';");
  await settled(page);
  await page.getByRole('button', { name: /Demo Aurora/ }).click();
  await page.getByRole('menuitem', { name: 'Security' }).click();
  await page.getByRole('button', { name: 'Set up an authenticator app' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Next' }).click();
  await page.getByText('This is needed').waitFor();
  await page.keyboard.press('Escape');
  expectNoFaults(page);
});

test('a lost connection is said, and its return', async () => {
  const page = await newDemoPage(browser);
  await page.context().setOffline(true);
  await page.getByText('You are offline').waitFor();
  await page.context().setOffline(false);
  await page.getByText('Back online').waitFor();
  await expect.poll(() => page.getByText('Back online').count(), patience).toBe(0);
});
