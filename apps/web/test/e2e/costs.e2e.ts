/** A bill from file to page: imported, equal to the digit, filtered, shared, exported in each form. */
import { readFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import type { Browser, Download, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  expectAccessible,
  expectNoFaults,
  expectNoSidewaysScroll,
  launchBrowser,
  newPage,
  patience,
  phone,
  desktop,
  screenshot,
  settled,
} from './kit.ts';
import { somebody, startOrganization } from './people.ts';

let browser: Browser;
let page: Page;
let costs: string;

const services = ['Compute Engine', 'Object Store', 'Message Queue'] as const;

interface Bill {
  csv: string;
  /** Exact sum of BilledCost in units of 10^-6, by service. */
  units: ReadonlyMap<string, bigint>;
}

/** A FOCUS bill of the last 40 days from a seed, with more digits than cents. */
function makeBill(seed: number): Bill {
  const header =
    'BilledCost,EffectiveCost,ListCost,ContractedCost,BillingAccountId,BillingCurrency,BillingPeriodStart,BillingPeriodEnd,ChargePeriodStart,ChargePeriodEnd,ChargeCategory,ProviderName,ServiceName,ServiceCategory,RegionId,ResourceId,Tags';
  const units = new Map<string, bigint>();
  const lines: string[] = [];
  let state = seed;
  const now = Date.now();
  for (let back = 25; back >= 3; back -= 1) {
    const start = new Date(now - back * 86_400_000).toISOString().slice(0, 10);
    const end = new Date(now - (back - 1) * 86_400_000).toISOString().slice(0, 10);
    const month = `${start.slice(0, 7)}-01`;
    const [year = 0, number = 1] = start.split('-').map(Number);
    const next = new Date(Date.UTC(year, number, 1)).toISOString().slice(0, 10);
    for (const service of services) {
      state = (state * 48_271) % 2_147_483_647;
      const amount = BigInt(state % 90_000_000) + 1_000_001n;
      units.set(service, (units.get(service) ?? 0n) + amount);
      const cost = `${amount / 1_000_000n}.${(amount % 1_000_000n).toString().padStart(6, '0')}`;
      lines.push(
        `${cost},${cost},${cost},${cost},e2e-account,USD,${month}T00:00:00Z,${next}T00:00:00Z,${start}T00:00:00Z,${end}T00:00:00Z,Usage,Example Cloud,${service},Compute,north-1,res-${service.length},"{""team"":""core""}"`,
      );
    }
  }
  return { csv: `${header}\n${lines.join('\n')}\n`, units };
}

const bill = makeBill(20_261_122);
const sumOf = (names: readonly string[]): bigint =>
  names.reduce((sum, name) => sum + (bill.units.get(name) ?? 0n), 0n);
/** As the page writes an exact amount. */
const exact = (units: bigint): string => {
  const digits = (units % 1_000_000n).toString().padStart(6, '0').replace(/0+$/, '').padEnd(2, '0');
  return `$${(units / 1_000_000n).toLocaleString('en-US')}.${digits}`;
};

beforeAll(async () => {
  browser = await launchBrowser();
  page = await newPage(browser);
  await startOrganization(page, somebody('Clara Nunes'), 'Custos Exatos');
  const place = /\/o\/[^/]+\/w\/[^/?#]+/.exec(page.url())?.[0] ?? '';
  costs = `${place}/costs`;
});
afterAll(() => browser.close());

/** The exact total, from the hint of the number. */
async function exactTotal(): Promise<string> {
  const number = page.locator('dl dd span[tabindex="0"]').first();
  // The hint opens when the focus comes, so it must not be there already.
  await number.blur();
  await number.focus();
  const hint = page.getByRole('tooltip').filter({ hasText: 'Exactly' }).first();
  const text = await hint.textContent();
  await page.keyboard.press('Escape');
  return /Exactly (\S+)/.exec(text ?? '')?.[1] ?? '';
}

async function bytesOf(download: Promise<Download>): Promise<Buffer> {
  return readFile(await (await download).path());
}

/** Chooses an entry of the export menu and returns the file. */
async function exported(name: string): Promise<Buffer> {
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('menuitem', { name }).click();
  return bytesOf(download);
}

async function importFile(name: string, body: Buffer): Promise<void> {
  await page.goto(`${costs}/imports`);
  await settled(page);
  await page.locator('input[type="file"]').setInputFiles({ name, mimeType: 'text/csv', buffer: body });
  // Imports wait for one another, and the demo organization's come first after a start.
  await page
    .locator('tr', { hasText: name })
    .getByText('Imported', { exact: true })
    .waitFor({ timeout: 180_000 });
}

test('without data the page offers the next step', async () => {
  await page.goto(costs);
  await page.getByRole('heading', { name: 'No costs yet' }).waitFor();
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Import a file' }).click();
  await page.waitForURL('**/costs/imports');
});

test('a file dropped in arrives whole, and the report says so', async () => {
  await importFile('bill.csv', Buffer.from(bill.csv));
  await page.locator('tr', { hasText: 'bill.csv' }).click();
  await page.getByText('the store holds exactly what the files say').waitFor();
  await page
    .getByText(exact(sumOf(services)))
    .first()
    .waitFor();
  await expectAccessible(page);
  await screenshot(page, 'cost-import');
}, 300_000);

test('the page shows the sum of the file to the last digit', async () => {
  await page.goto(costs);
  await settled(page);
  expect(await exactTotal()).toBe(exact(sumOf(services)));
  await expectAccessible(page);
  await screenshot(page, 'costs');
});

test('a filter narrows it, and its link opens the same view', async () => {
  await page.getByRole('button', { name: 'Add filter' }).click();
  await page.getByRole('checkbox', { name: /Object Store/ }).click();
  await page.getByRole('button', { name: 'Apply' }).click();
  await page.waitForURL('**service=Object+Store**');
  await expect.poll(exactTotal, patience).toBe(exact(sumOf(['Object Store'])));
  const other = await page.context().newPage();
  await other.goto(page.url());
  await settled(other);
  await other.getByRole('button', { name: 'Remove filter Service' }).waitFor();
  expect(await other.locator('dl dd').first().textContent()).toBe(
    await page.locator('dl dd').first().textContent(),
  );
  await other.close();
});

test('every export opens', async () => {
  const csv = (await exported('Table as CSV')).toString('utf8');
  expect(csv.split(/\r?\n/).length).toBeGreaterThan(2);
  expect(csv).toContain('Object Store');
  expect(csv).not.toContain('Compute Engine');
  const pdf = (await exported('Report as PDF')).toString('latin1');
  expect(pdf.startsWith('%PDF-')).toBe(true);
  expect(
    Number(
      /\/Type\s*\/Pages[\s\S]*?\/Count (\d+)|\/Count (\d+)[\s\S]*?\/Type\s*\/Pages/
        .exec(pdf)
        ?.slice(1)
        .find(Boolean),
    ),
  ).toBeGreaterThan(0);
  const focus = (await exported('Line items, FOCUS CSV')).toString('utf8');
  expect(focus.split(/\r?\n/)[0]).toMatch(/BilledCost/);
  expect(focus.trim().split(/\r?\n/).length - 1).toBe(23);
  const parquet = await exported('Line items, FOCUS Parquet');
  expect([parquet.subarray(0, 4).toString(), parquet.subarray(-4).toString()]).toEqual(['PAR1', 'PAR1']);
});

test('a row opens its line items under an address of their own', async () => {
  await page.goto(costs);
  await settled(page);
  await page.getByRole('row', { name: /Message Queue/ }).click();
  await page.waitForURL('**/costs/items?in.service=Message+Queue');
  await page.getByText('1–23 of 23').waitFor();
  await expectAccessible(page);
});

test('a currency without a rate says which rate is missing, and leads back', async () => {
  await page.goto(`${costs}?currency=JPY`);
  await page.getByRole('heading', { name: 'There is no exchange rate from USD to JPY' }).waitFor();
  expect(await page.getByRole('link', { name: 'Add exchange rates' }).getAttribute('href')).toContain(
    '/costs/settings',
  );
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Show as billed' }).click();
  await page.getByRole('row', { name: /Message Queue/ }).waitFor();
});

const pages = [
  '',
  '/imports',
  '/reconciliation',
  '/conformance',
  '/anomalies',
  '/budgets',
  '/allocation',
  '/settings',
];
test.each(pages)('costs%s is accessible and fits a phone', async (path) => {
  await page.goto(`${costs}${path}`);
  await settled(page);
  await expectAccessible(page);
  await page.setViewportSize(phone);
  await expectNoSidewaysScroll(page);
  await page.setViewportSize(desktop);
});

test('the proof is equal, and nothing went wrong on the way', async () => {
  await page.goto(`${costs}/reconciliation`);
  await page.getByText('equal to the source to the last digit').waitFor();
  expectNoFaults(page);
});

const sample = process.env['ATLAS_FOCUS_SAMPLE'] ?? '';
test.skipIf(!existsSync(sample))(
  'the published sample imports, and the proof is equal',
  async () => {
    await importFile('focus_sample.csv', await readFile(sample));
    await page.goto(`${costs}/reconciliation`);
    await settled(page);
    expect(await page.getByText('Differs', { exact: true }).count()).toBe(0);
  },
  300_000,
);
