/**
 * The whole main job in one go: connect an account, see what is in it and what it costs, find the waste, read the
 * proof, apply, see the bill of the month fall, undo, and see it back where it was.
 */
import { readFile } from 'node:fs/promises';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoKeys, type Key } from './demo-keys.ts';
import {
  desktop,
  expectAccessible,
  expectNoFaults,
  expectNoShift,
  expectNoSidewaysScroll,
  launchBrowser,
  newDemoPage,
  patience,
  phone,
  screenshot,
  settled,
} from './kit.ts';

const slug = `savings-${Date.now().toString(36)}`;
const workspace = `/o/aurora/w/${slug}`;
const api = `/api/v1/orgs/aurora/workspaces/${slug}`;
/** A machine of the demo estate that nobody uses. */
const idle = 'payments-batch-legacy';
/** What the head of the page said before applying, in cents. */
const before = { bill: 0, applied: 0 };
/** The bundled cloud is slower than a click: a first inventory, a year of bills, an instance that stops. */
const cloudPatience = { timeout: 120_000, interval: 500 } as const;

let browser: Browser;
let page: Page;
let key: Key;

beforeAll(async () => {
  key = (await demoKeys())('admin');
  browser = await launchBrowser();
  page = await newDemoPage(browser);
  const made = await page.request.post('/api/v1/orgs/aurora/workspaces', {
    headers: { 'x-atlas-csrf': '1' },
    data: { name: 'Main job', slug },
  });
  expect(made.status()).toBe(201);
});
afterAll(() => browser.close());

/** Looks at the page as it is on a desk and on a phone, in both themes. */
async function inspect(name: string): Promise<void> {
  await expectAccessible(page);
  await screenshot(page, name);
  await page.setViewportSize(phone);
  await expectNoSidewaysScroll(page);
  await screenshot(page, `${name}-phone`);
  await page.setViewportSize(desktop);
}

/** The row of the finding that the job is about. */
const finding = (): Locator =>
  page.getByRole('row').filter({ hasText: 'Idle EC2 instance' }).filter({ hasText: idle });

/** The panel beside the list. */
const panel = (): Locator => page.getByRole('dialog').first();

/** The figure of the head of the savings page under a label that begins so. */
function figure(label: string): Locator {
  return page
    .locator('dl > div')
    .filter({ has: page.locator('dt', { hasText: label }) })
    .locator('dd')
    .first();
}

/** An amount as it is written in English, in cents. */
async function cents(locator: Locator): Promise<number> {
  const text = (await locator.textContent()) ?? '';
  return Math.round(Number(text.replaceAll(/[^\d.-]/g, '')) * 100);
}

describe('the main job', { timeout: 300_000 }, () => {
  test('connect: an account with the policy at hand, and its first inventory', async () => {
    await page.goto(`${workspace}/savings`);
    await page.getByRole('heading', { name: 'Find out what you waste' }).waitFor();
    await settled(page);
    await inspect('savings-empty');
    await page.getByRole('link', { name: 'Connect account' }).click();
    await page.getByRole('radio').first().check();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('heading', { name: 'What may CloudAtlas do?' }).waitFor();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('region', { name: /\.json$/ }).waitFor();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByLabel('Access key ID').fill(key.accessKeyId);
    await page.getByLabel('Secret access key', { exact: true }).fill(key.secretAccessKey);
    await page.getByLabel('Where the account is').selectOption('simulator');
    await page.getByRole('button', { name: 'Check' }).click();
    await page.getByRole('heading', { name: 'This is what was found' }).waitFor();
    await page.getByLabel('Name in CloudAtlas').fill('Main job cloud');
    await page.getByRole('button', { name: 'Connect', exact: true }).click();
    await expect.poll(() => page.getByText(/^\d+ resources found/).count(), cloudPatience).toBe(1);
  });

  test('see: what is there', async () => {
    await page.getByRole('link', { name: 'See the resources' }).click();
    await page.getByRole('searchbox').fill(idle);
    // The instance and what was bought for it bear the same name.
    await expect
      .poll(() => page.getByRole('link', { name: idle, exact: true }).count(), patience)
      .toBeGreaterThan(0);
  });

  test('cost: the full bill of a year from the export the account delivers', async () => {
    await page.goto(`${workspace}/costs/imports`);
    await page.getByRole('button', { name: 'Change', exact: true }).click();
    await panel().getByLabel('How costs arrive').selectOption('export');
    await panel().getByLabel('Bucket or container').fill('aurora-cost-exports');
    await panel().getByLabel('Region').fill('us-east-1');
    await panel().getByLabel('Folder').fill('exports');
    await panel().getByRole('button', { name: 'Save', exact: true }).click();
    await panel().waitFor({ state: 'detached' });
    // Tags are in the line items of an export alone; a month is there whole or not at all.
    await expect
      .poll(async () => {
        const [overview, imports] = await Promise.all(
          ['overview', 'imports'].map(async (what) =>
            (await page.request.get(`${api}/costs/${what}`)).json(),
          ),
        );
        const { firstDay, tagKeys } = overview as { firstDay: string | null; tagKeys: unknown[] };
        const open = (imports as { items: { status: string }[] }).items.filter(
          ({ status }) => status !== 'imported',
        );
        return firstDay !== null && tagKeys.length > 0 && open.length === 0;
      }, cloudPatience)
      .toBe(true);
    await page.goto(`${workspace}/costs`);
    await settled(page);
    expect(await cents(page.locator('dl dd').first())).toBeGreaterThan(100_000);
  });

  test('waste: a scan shows its progress and what it found', async () => {
    await page.goto(`${workspace}/savings`);
    await settled(page);
    // The scan that followed the first inventory may still run; one by hand comes after it.
    await expect
      .poll(async () => {
        const answer = await page.request.get(`${api}/finops/scans`);
        const { items } = (await answer.json()) as { items: { status: string }[] };
        return items.some(({ status }) => status === 'running');
      }, cloudPatience)
      .toBe(false);
    await page.reload();
    await settled(page);
    // Before the first scan has ended the empty page offers it a second time, below the head's.
    await page.getByRole('button', { name: 'Scan now' }).first().click();
    await page.getByRole('progressbar').waitFor();
    await page.getByRole('progressbar').waitFor({ state: 'detached', timeout: cloudPatience.timeout });
    await page.getByRole('searchbox').fill(idle);
    await page.waitForURL(/q=/);
    await finding().waitFor();
    expect(await cents(figure('Could be saved a month'))).toBeGreaterThan(10_000);
    await page.getByRole('searchbox').fill('');
    await page.waitForURL((url) => !url.searchParams.has('q'));
    await settled(page);
    await inspect('savings');
  });

  test('a filter is in the address, and a saved one is one press', async () => {
    await page.goto(`${workspace}/savings`);
    await settled(page);
    await page.getByRole('button', { name: 'High priority' }).click();
    await page.waitForURL(/priority=high/);
    await page.getByRole('button', { name: 'Kind' }).first().click();
    await page.getByRole('menuitemcheckbox', { name: /Idle/ }).click();
    await page.keyboard.press('Escape');
    await page.waitForURL(/category=idle/);
    await page.getByRole('button', { name: 'Views', exact: true }).click();
    const views = page.getByRole('dialog', { name: 'Saved views' });
    await views.getByLabel('Name of the present view').fill('Big and idle');
    await views.getByRole('button', { name: 'Save', exact: true }).click();
    await views.getByRole('button', { name: 'Delete view Big and idle' }).waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => views.count(), patience).toBe(0);
    const saved = page.getByRole('button', { name: 'Big and idle', exact: true });
    for (const pressed of ['false', 'true']) {
      await saved.click();
      await expect.poll(() => saved.getAttribute('aria-pressed'), patience).toBe(pressed);
    }
    await page.waitForURL(/priority=high.*category=idle/);
    await finding().waitFor();
  });

  test('evidence: the measured series, the money, the exact calls and the way back', async () => {
    await page.goto(`${workspace}/savings?priority=high&category=idle`);
    await finding().getByRole('link').click();
    await panel().getByRole('heading', { name: 'The proof' }).waitFor();
    await panel().getByText('Threshold').first().waitFor();
    await panel()
      .getByText(/× 30\.44/)
      .first()
      .waitFor();
    await screenshot(page, 'saving-finding');
    await panel().getByRole('button', { name: 'The exact calls' }).click();
    await page.waitForURL(/view=plan/);
    await panel().getByText('ec2:StopInstances').waitFor();
    await panel().getByText('ec2:StartInstances').waitFor();
    await expectAccessible(page);
  });

  test('apply: it is watched step by step, and the bill of the month falls', async () => {
    before.bill = await cents(page.getByTestId('projection'));
    before.applied = await cents(figure('Applied, a month'));
    await panel().getByRole('button', { name: 'Apply', exact: true }).click();
    const question = page.getByRole('dialog', { name: `Apply: ${idle}` });
    await question.getByText('ec2:StopInstances').waitFor();
    await expectAccessible(page);
    await screenshot(page, 'saving-apply');
    await question.getByRole('button', { name: 'Apply now' }).click();
    await panel().getByText('Can be undone for').waitFor({ timeout: cloudPatience.timeout });
    await expectAccessible(page);
    await screenshot(page, 'saving-applied');
    await expect.poll(() => cents(page.getByTestId('projection')), cloudPatience).toBeLessThan(before.bill);
    await expect.poll(() => cents(figure('Applied, a month')), cloudPatience).toBeGreaterThan(before.applied);
    const resource = (await (
      await page.request.get(`${api}/resources?q=${idle}&type=aws.ec2.instance`)
    ).json()) as { items: { state: string }[] };
    expect(resource.items.map(({ state }) => state)).toEqual(['stopped']);
  });

  test('undo: all is as before, and so is the projection', async () => {
    await panel().getByRole('button', { name: 'Undo' }).click();
    await page
      .getByRole('dialog', { name: `Undo: ${idle}` })
      .getByRole('button', { name: 'Undo' })
      .click();
    await panel().getByText('As it was before.').waitFor({ timeout: cloudPatience.timeout });
    await expect.poll(() => cents(page.getByTestId('projection')), cloudPatience).toBe(before.bill);
    await expect.poll(() => cents(figure('Applied, a month')), cloudPatience).toBe(before.applied);
  });

  test('the timeline and the audit log know of it', async () => {
    await page.goto(`${workspace}/savings/actions`);
    const row = page.getByRole('row').filter({ hasText: idle }).first();
    await row.getByText('Undone').waitFor();
    await settled(page);
    await inspect('saving-actions');
    await row.click();
    await panel().getByText('As it was before.').waitFor();
    await expectAccessible(page);
    await page.goto('/o/aurora/activity');
    await settled(page);
    for (const words of ['Saving applied', 'Saving undone'])
      await page.getByRole('row').filter({ hasText: words }).filter({ hasText: idle }).first().waitFor();
    expectNoFaults(page);
  });
});

describe('beside the main job', () => {
  test('several at once: what would happen is shown before anything does', async () => {
    await page.goto(`${workspace}/savings?category=orphan&category=idle`);
    await settled(page);
    await page.getByRole('checkbox', { name: 'Select all' }).click();
    await page.getByRole('button', { name: 'Apply…' }).click();
    const question = page.getByRole('dialog', { name: 'Apply the chosen findings' });
    await question.getByRole('list', { name: 'What happens to each' }).waitFor();
    await expectAccessible(page);
    await screenshot(page, 'saving-bulk');
    await page.keyboard.press('Escape');
  });

  test('dismissed with a reason, and taken up again', async () => {
    await page.goto(`${workspace}/savings?q=${idle}&category=idle`);
    await finding().getByRole('link').click();
    await panel().getByRole('button', { name: 'Dismiss' }).click();
    const question = page.getByRole('dialog', { name: `Dismiss: ${idle}` });
    await question.getByLabel('Why').selectOption('planned');
    await question.getByLabel('For how long').selectOption('month');
    await expectAccessible(page);
    await question.getByRole('button', { name: 'Dismiss' }).click();
    await panel().getByText('A change is planned already').waitFor();
    await panel().getByRole('button', { name: 'Take up again' }).click();
    await panel().getByRole('button', { name: 'Apply', exact: true }).waitFor();
    await panel().getByRole('button', { name: 'Assign' }).click();
    await page.getByRole('menuitemradio', { name: 'Demo Aurora' }).click();
    await page.keyboard.press('Escape');
    await panel().getByRole('button', { name: 'Demo Aurora' }).waitFor();
  });

  test('a rule is tuned within its bounds, switched off and on', async () => {
    await page.goto(`${workspace}/savings/rules/aws-ec2-idle`);
    const threshold = panel().getByRole('textbox').first();
    await threshold.waitFor();
    const usual = await threshold.inputValue();
    await threshold.fill('100000');
    await panel()
      .getByText(/^From /)
      .waitFor();
    await threshold.fill(String(Number(usual) + 1));
    await panel().getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('The rule is saved').first().waitFor();
    await panel().getByRole('button', { name: 'Back to the usual' }).click();
    await expect.poll(() => threshold.inputValue(), patience).toBe(usual);
    const toggle = panel().getByRole('switch');
    for (const state of ['false', 'true']) {
      await toggle.click();
      await expect.poll(() => toggle.getAttribute('aria-checked'), patience).toBe(state);
      await expect.poll(() => toggle.isEnabled(), patience).toBe(true);
    }
    await expectAccessible(page);
  });

  const pages: readonly [string, string][] = [
    ['saving-rules', '/savings/rules'],
    ['saving-why-not', '/savings/why-not'],
    ['saving-settings', '/savings/settings'],
  ];
  test.each(pages)('%s', async (name, path) => {
    await page.goto(`${workspace}${path}`);
    await settled(page);
    await inspect(name);
    expectNoFaults(page);
  });

  test('the list comes out as CSV and as a report', async () => {
    await page.goto(`${workspace}/savings`);
    await settled(page);
    for (const [name, begin] of [
      ['Findings as CSV', /idle|Idle|finding/i],
      ['Report as PDF', /^%PDF-/],
    ] as const) {
      await page.getByRole('button', { name: 'Export', exact: true }).click();
      const download = page.waitForEvent('download');
      await page.getByRole('menuitem', { name }).click();
      expect((await readFile(await (await download).path())).toString('latin1')).toMatch(begin);
    }
  });
});

describe('the home page', () => {
  const titles = (): Promise<string[]> => page.locator('main li section h2').allTextContents();

  test('six widgets, each with its own data, without a jump', async () => {
    await page.goto(workspace);
    await page.getByRole('button', { name: 'Move Clouds' }).waitFor();
    await settled(page);
    expect(await titles()).toEqual([
      'Clouds',
      'Cost and forecast',
      'Savings',
      'Cost alerts',
      'Scheduled actions',
      'Recent activity',
    ]);
    await expectNoShift(page);
    await inspect('home-widgets');
  });

  test('a widget moves by keyboard, and stays where it was put', async () => {
    await page.getByRole('button', { name: 'Move Clouds' }).focus();
    await page.keyboard.press('Space');
    await page.getByText(/Clouds (picked up|is over place 1)/).waitFor({ state: 'attached' });
    await page.keyboard.press('ArrowRight');
    await page.getByText(/Clouds is over place 2/).waitFor({ state: 'attached' });
    await page.keyboard.press('Space');
    await expect.poll(titles, patience).toEqual(expect.arrayContaining(['Clouds']));
    await expect
      .poll(async () => (await titles()).slice(0, 2), patience)
      .toEqual(['Cost and forecast', 'Clouds']);
    await page.reload();
    await settled(page);
    await expect
      .poll(async () => (await titles()).slice(0, 2), patience)
      .toEqual(['Cost and forecast', 'Clouds']);
  });

  test('a widget is hidden, and all is back in one press', async () => {
    await page.getByRole('button', { name: 'Customize' }).click();
    await panel().getByRole('switch', { name: 'Cost alerts' }).click();
    await expect.poll(titles, patience).not.toContain('Cost alerts');
    await expectAccessible(page);
    await screenshot(page, 'home-customize');
    await panel().getByRole('button', { name: 'Reset' }).click();
    await expect.poll(async () => (await titles())[0], patience).toBe('Clouds');
    await expect.poll(titles, patience).toContain('Cost alerts');
    await page.keyboard.press('Escape');
    expectNoFaults(page);
  });
});
