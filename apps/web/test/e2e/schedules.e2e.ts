/** The clock in a browser: make a pair for a machine, hold it back, run it now, watch it stop, find it in history and audit log. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  desktop,
  expectAccessible,
  expectNoFaults,
  expectNoSidewaysScroll,
  launchBrowser,
  newDemoPage,
  patience,
  phone,
  screenshot,
  settled,
} from './kit.ts';

const workspace = '/o/aurora/w/production';
/** The bundled cloud takes its time to stop a machine. */
const cloudPatience = { timeout: 120_000, interval: 250 } as const;
const name = 'Office hours';

let browser: Browser;
let page: Page;
/** A running machine whose name no other has. */
let machine: string;

beforeAll(async () => {
  browser = await launchBrowser();
  page = await newDemoPage(browser);
  await vi.waitFor(async () => {
    machine = await runningMachine();
    if (machine === '') throw new Error('no machine runs yet');
  }, cloudPatience);
});
afterAll(() => browser.close());

/** The inventory of the demo streams in after the start: empty until it is there. */
async function runningMachine(): Promise<string> {
  const names = await page.evaluate(async () => {
    const url =
      '/api/v1/orgs/aurora/workspaces/production/resources?type=aws.ec2.instance&state=running&limit=200';
    const answer = (await (await fetch(url)).json()) as { items: { name: string }[] };
    return answer.items.map((item) => item.name);
  });
  // From the end: other tests take what comes first.
  return names.findLast((each) => names.filter((other) => other.includes(each)).length === 1) ?? '';
}

/** The row of our half of the pair. */
function ours(action: 'Start' | 'Stop') {
  return page.getByRole('row').filter({ hasText: name }).filter({ hasText: action });
}

/** Looks at the page as it is on a desk and on a phone, in both themes. */
async function inspect(picture: string): Promise<void> {
  await expectAccessible(page);
  await screenshot(page, picture);
  await page.setViewportSize(phone);
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);
  await screenshot(page, `${picture}-phone`);
  await page.setViewportSize(desktop);
}

describe('schedules', () => {
  test('a page without a match says so, and a new one is a click away', async () => {
    await page.goto(`${workspace}/schedules?q=nothing-has-this-name`);
    await page.getByRole('heading', { name: 'No schedule matches' }).waitFor();
    await settled(page);
    await inspect('schedules-empty');
    await page.getByRole('button', { name: 'Clear filters' }).first().click();
    await page.getByRole('button', { name: 'New schedule' }).first().click();
    await page.getByRole('dialog', { name: 'New schedule' }).waitFor();
    expect(page.url()).toContain('edit=new');
  });

  test('what is missing is said, then a pair is made for a machine that was searched for', async () => {
    const dialog = page.getByRole('dialog', { name: 'New schedule' });
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('Give it a name').waitFor();
    await dialog.getByText('Choose a resource or a tag').waitFor();
    await dialog.getByLabel('Name', { exact: true }).fill(name);
    await dialog.getByLabel('Find resources').fill(machine);
    const found = dialog.getByRole('list', { name: 'Resources that match' });
    await expect.poll(() => found.getByRole('listitem').count(), patience).toBe(1);
    await found.getByRole('checkbox').check();
    await dialog.getByRole('list', { name: 'Chosen resources' }).getByText(machine).waitFor();
    await dialog.getByRole('group', { name: 'Start' }).getByLabel('Days').selectOption('days');
    for (const day of ['Mon', 'Wed', 'Fri'])
      await dialog.getByRole('button', { name: day, exact: true }).click();
    await dialog.getByLabel('Brazil').check();
    await dialog.getByText('Starts next:').waitFor();
    await inspect('schedule-new');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect.poll(() => page.getByRole('link', { name, exact: true }).count(), patience).toBe(2);
    await page.getByRole('heading', { name: 'The next seven days' }).waitFor();
    await settled(page);
    await inspect('schedules');
  });

  test('the stop is held back for a while, and let go again', async () => {
    await ours('Stop').getByRole('link', { name, exact: true }).click();
    const panel = page.getByRole('dialog', { name });
    await panel.getByText('Next runs').waitFor();
    await inspect('schedule');
    await panel.getByRole('button', { name: 'Keep on until…' }).click();
    const question = page.getByRole('dialog', { name: `Keep ${name} on` });
    await question.getByLabel('Why').fill('Release night');
    await expectAccessible(page);
    await question.getByRole('button', { name: 'Keep on', exact: true }).click();
    await panel.getByText('Release night').waitFor();
    await panel.getByRole('button', { name: 'Keep on until…' }).click();
    await question.getByRole('button', { name: 'End it now' }).click();
    await expect.poll(() => panel.getByText('Release night').count(), patience).toBe(0);
  });

  test('run now: the machine stops, and the run says so', async () => {
    await page.getByRole('dialog', { name }).getByRole('button', { name: 'Run now' }).click();
    await page
      .getByRole('dialog', { name: `Run ${name} now?` })
      .getByRole('button', { name: 'Stop now' })
      .click();
    await page.waitForURL(/\/runs\//);
    const panel = page.getByRole('dialog', { name });
    const status = panel.getByRole('status').first();
    await expect.poll(() => status.textContent(), cloudPatience).toBe('Succeeded');
    await panel.getByText('Done', { exact: true }).waitFor();
    await inspect('schedule-run');
    await panel.getByRole('link', { name: machine }).click();
    const resource = page.getByRole('dialog', { name: machine });
    await resource.getByText('Stopped').first().waitFor();
  });

  test('history has its own address, and the audit log knows who asked for it', async () => {
    await page.goto(`${workspace}/schedules`);
    await ours('Stop').getByRole('link', { name, exact: true }).click();
    const panel = page.getByRole('dialog', { name });
    await panel.getByRole('tab', { name: 'History' }).click();
    await page.waitForURL(/view=runs/);
    await panel.getByText('1 done').waitFor();
    await inspect('schedule-history');
    await page.goto('/o/aurora/activity');
    await settled(page);
    for (const action of ['Schedule run', 'Schedule run requested', 'Override ended', 'Schedule created'])
      await expect
        .poll(() => page.getByRole('cell', { name: action, exact: true }).count(), patience)
        .toBeGreaterThan(0);
  });

  test('switched off it has no next run; removed it is gone', async () => {
    await page.goto(`${workspace}/schedules`);
    const row = ours('Start');
    await row.getByRole('switch').click();
    await expect.poll(() => row.getByRole('switch').getAttribute('aria-checked'), patience).toBe('false');
    for (const left of [1, 0]) {
      await page.getByRole('row').filter({ hasText: name }).first().getByRole('button').last().click();
      await page.getByRole('menuitem', { name: 'Remove' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
      await expect.poll(() => page.getByRole('link', { name, exact: true }).count(), patience).toBe(left);
    }
  });

  test('holiday calendars: one of one’s own beside the national ones', async () => {
    await page.goto(`${workspace}/schedules/calendars`);
    await page.getByText('Tiradentes').waitFor();
    await settled(page);
    await page.getByRole('button', { name: 'New calendar' }).click();
    const dialog = page.getByRole('dialog', { name: 'New calendar' });
    await dialog.getByLabel('Name', { exact: true }).fill('Company days');
    await dialog.getByLabel('Date 1', { exact: true }).fill('2027-03-04');
    await dialog.getByLabel('Name of date 1').fill('Inventory');
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('row').filter({ hasText: 'Company days' }).waitFor();
    await inspect('schedule-calendars');
    expectNoFaults(page);
  });
});
