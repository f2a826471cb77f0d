/** Provider pages, the five tabs of Microsoft 365, a licence taken and given back, and seat prices. */
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  desktop,
  expectAccessible,
  expectNoFaults,
  expectNoSidewaysScroll,
  launchBrowser,
  newDemoPage,
  phone,
  screenshot,
} from './kit.ts';

const production = '/o/aurora/w/production';
/** The demo's first inventory may still be under way when this file begins, and orders take their time. */
const cloudPatience = { timeout: 120_000, interval: 250 } as const;

let browser: Browser;
let page: Page;
beforeAll(async () => {
  browser = await launchBrowser();
  page = await newDemoPage(browser);
  // Everything below looks at what the first synchronisation finds.
  await vi.waitFor(async () => {
    expect(await countOf(page, 'm365.licensing.subscription')).toBeGreaterThan(5);
    expect(await countOf(page, 'm365.users.user')).toBeGreaterThan(100);
    expect(await countOf(page, 'm365.security.control')).toBeGreaterThan(5);
    expect(await countOf(page, 'm365.groups.group')).toBeGreaterThan(2);
  }, cloudPatience);
}, 400_000);
afterAll(() => browser.close());

async function countOf(from: Page, type: string): Promise<number> {
  const answer = await from.request.get(
    `/api/v1/orgs/aurora/workspaces/production/resources/table?type=${type}&limit=1`,
  );
  return ((await answer.json()) as { total?: number }).total ?? 0;
}

/** Opens a page and waits for what only its content shows. */
async function open(path: string, content: (page: Page) => Locator): Promise<void> {
  await page.setViewportSize(desktop);
  await page.goto(`${production}/${path}`);
  await content(page).waitFor({ timeout: cloudPatience.timeout });
  await calm();
}

/** Waits until nothing is loading any more; the first answers of a busy machine take their time. */
async function calm(): Promise<void> {
  await expect
    .poll(() => page.locator('main .animate-pulse, [aria-busy="true"]').count(), cloudPatience)
    .toBe(0);
}

describe('every page', () => {
  const pages: readonly [name: string, path: string, content: (page: Page) => Locator][] = [
    ['providers', 'providers', (at) => at.getByRole('link', { name: 'Open Azure', exact: true })],
    ['provider', 'providers/azure', (at) => at.getByRole('heading', { name: 'Services by region' })],
    ['m365', 'microsoft-365', (at) => at.getByRole('heading', { name: 'Seats in use' })],
    ['m365-users', 'microsoft-365/users', (at) => at.getByRole('table', { name: 'Users' })],
    [
      'm365-licences',
      'microsoft-365/licences',
      (at) => at.getByRole('link', { name: 'Microsoft 365 E3', exact: true }),
    ],
    ['m365-groups', 'microsoft-365/groups', (at) => at.getByRole('link', { name: 'VPN users', exact: true })],
    [
      'm365-security',
      'microsoft-365/security',
      (at) => at.getByRole('link', { name: 'Ensure DLP policies are enabled', exact: true }),
    ],
    ['m365-prices', 'providers/m365/prices', (at) => at.getByRole('button', { name: 'Save prices' })],
  ];
  test.each(pages)(
    '%s',
    async (name, path, content) => {
      await open(path, content);
      await expectAccessible(page);
      await screenshot(page, name);
      await page.setViewportSize(phone);
      await expectNoSidewaysScroll(page);
      await expectAccessible(page);
      await screenshot(page, `${name}-phone`);
      expectNoFaults(page);
    },
    200_000,
  );
});

test('a licence is removed from a user, and given back by undo', async () => {
  await open('microsoft-365/users?q=Contratos', (at) =>
    at.getByRole('link', { name: 'Contratos', exact: true }),
  );
  const row = page.getByRole('table', { name: 'Users' }).getByRole('row').filter({ hasText: 'Contratos' });
  const change = page.getByRole('main').getByText('Exchange Online (Plan 1) of Contratos removed.');
  await expect.poll(() => row.textContent(), cloudPatience).toContain('Exchange Online (Plan 1)');
  await row.getByRole('button', { name: 'Actions for Contratos', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Change licences' }).click();
  const dialog = page.getByRole('dialog', { name: 'Licences of Contratos' });
  await dialog.getByRole('checkbox', { name: 'Exchange Online (Plan 1)' }).check();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Remove', exact: true }).click();
  await change.waitFor({ timeout: cloudPatience.timeout });
  await expect.poll(() => change.textContent(), cloudPatience).toContain('Done.');
  await expect.poll(() => row.textContent(), cloudPatience).not.toContain('Exchange Online (Plan 1)');
  await page.getByRole('main').getByRole('button', { name: 'Undo', exact: true }).click();
  await change.waitFor({ state: 'detached', timeout: cloudPatience.timeout });
  await expect.poll(() => row.textContent(), cloudPatience).toContain('Exchange Online (Plan 1)');
  expectNoFaults(page);
}, 400_000);

test('users are found by licence and second factor, and the file has all of them', async () => {
  await open('microsoft-365/users?mfa=no', (at) => at.getByRole('table', { name: 'Users' }));
  await page.getByLabel('Licence', { exact: true }).selectOption('Microsoft 365 F3');
  await expect.poll(() => page.url()).toContain('licence=SPE_F1');
  await calm();
  const waiting = page.waitForEvent('download', { timeout: cloudPatience.timeout });
  await page.getByRole('button', { name: 'Export as CSV' }).click();
  expect((await waiting).suggestedFilename()).toBe('m365-users.csv');
  expectNoFaults(page);
}, 200_000);

test('a seat price of ones own is kept, shown with the licences, and reset', async () => {
  await open('providers/m365/prices', (at) => at.getByRole('button', { name: 'Save prices' }));
  await page.getByLabel('Your price of Microsoft 365 E3', { exact: true }).fill('35.9');
  await page.getByRole('button', { name: 'Save prices' }).click();
  const reset = page.getByRole('button', { name: 'Reset to list prices' });
  await expect.poll(() => reset.isEnabled(), cloudPatience).toBe(true);
  await open('microsoft-365/licences', (at) =>
    at.getByRole('row').filter({ hasText: 'Microsoft 365 E3' }).getByText('$35.90', { exact: true }),
  );
  await open('providers/m365/prices', (at) => at.getByRole('button', { name: 'Reset to list prices' }));
  await expect.poll(() => reset.isEnabled(), cloudPatience).toBe(true);
  await reset.click();
  await page
    .getByRole('dialog', { name: 'Reset all seat prices?' })
    .getByRole('button', { name: 'Reset to list prices' })
    .click();
  await expect
    .poll(
      () => page.getByLabel('Your price of Microsoft 365 E3', { exact: true }).inputValue(),
      cloudPatience,
    )
    .toBe('');
  // Both changes made the tenant be read again; the files after this one find everything at rest.
  await expect
    .poll(async () => {
      const [runs, sources] = await Promise.all(
        ['sync-runs', 'costs/sources'].map(async (what) => {
          const answer = await page.request.get(`/api/v1/orgs/aurora/workspaces/production/${what}`);
          return ((await answer.json()) as { items: { status: string }[] }).items;
        }),
      );
      return [...(runs ?? []), ...(sources ?? [])].filter(({ status }) =>
        ['queued', 'running'].includes(status),
      ).length;
    }, cloudPatience)
    .toBe(0);
  expectNoFaults(page);
}, 400_000);
