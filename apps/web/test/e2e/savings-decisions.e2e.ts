/**
 * Decisions about savings: a policy over final deletions and its typed name, a request that is withdrawn, one that a
 * second person approves, a quarantine that is taken back, one that needs a person, and what the Free plan shows.
 */
import type { APIResponse, Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { demoKeys, type Key } from './demo-keys.ts';
import {
  desktop,
  expectAccessible,
  expectNoFaults,
  expectNoSidewaysScroll,
  launchBrowser,
  linkTo,
  newDemoPage,
  newPage,
  patience,
  phone,
  screenshot,
  settled,
} from './kit.ts';
import { enter, registerHere, somebody, startOrganization } from './people.ts';

const slug = `decisions-${Date.now().toString(36)}`;
const workspace = `/o/aurora/w/${slug}`;
const api = `/api/v1/orgs/aurora/workspaces/${slug}`;
/** The bundled cloud is slower than a click. */
const cloudPatience = { timeout: 180_000, interval: 500 } as const;
/** Says that a request comes from the application. */
const headers = { 'x-atlas-csrf': '1' };

let browser: Browser;
let page: Page;
let key: Key;

interface Finding {
  id: string;
  ruleId: string;
  action: string | null;
  resource: { id: string; name: string };
}

beforeAll(async () => {
  key = (await demoKeys())('admin');
  browser = await launchBrowser();
  page = await newDemoPage(browser);
  await created(
    page.request.post('/api/v1/orgs/aurora/workspaces', { headers, data: { name: 'Decisions', slug } }),
  );
  await connectAndScan(page, api);
}, 600_000);
afterAll(async () => {
  // The setting holds in the whole organization, which other files use too.
  await page.request.put(`${api}/finops/approval`, { headers, data: { mode: 'none', expireDays: 7 } });
  await browser.close();
});

/** @returns the answer's body; fails where it is no success */
async function created<T>(answer: Promise<APIResponse>): Promise<T> {
  const got = await answer;
  expect(got.ok(), await got.text()).toBe(true);
  return (await got.json()) as T;
}

async function read<T>(of: Page, path: string): Promise<T> {
  return (await (await of.request.get(path)).json()) as T;
}

/** Connects the demo estate to a workspace, waits for its inventory, and has it scanned to the end. */
async function connectAndScan(of: Page, base: string): Promise<void> {
  await created(
    of.request.post(`${base}/accounts`, {
      headers,
      data: {
        provider: 'aws',
        endpoint: 'simulator',
        name: 'Decisions cloud',
        credentials: {
          method: 'keys',
          values: { accessKeyId: key.accessKeyId, secretAccessKey: key.secretAccessKey },
        },
        features: ['inventory', 'metrics', 'costs', 'operate', 'create', 'delete'],
      },
    }),
  );
  const end = (path: string): Promise<void> =>
    vi.waitFor(async () => {
      const { items } = await read<{ items: { status: string }[] }>(of, `${base}/${path}`);
      if (items.length === 0 || items.some(({ status }) => status === 'running'))
        throw new Error(`${path}: ${JSON.stringify(items).slice(0, 500)}`);
    }, cloudPatience);
  await end('sync-runs');
  // Answers the one under way where the first synchronisation has started one already.
  await of.request.post(`${base}/finops/scans`, { headers });
  await end('finops/scans');
}

/** Open findings of a rule. */
async function openFindings(ruleId: string): Promise<Finding[]> {
  const { items } = await read<{ items: Finding[] }>(
    page,
    `${api}/finops/recommendations?status=open&rule=${ruleId}&limit=100`,
  );
  return items;
}

/** The panel beside a list. */
const panelOf = (of: Page): Locator => of.getByRole('dialog').first();
const statusOf = (of: Page): Locator => panelOf(of).getByRole('status').first();

/** Opens the question before applying a finding, and waits for the plan in it. */
async function askToApply(finding: Finding): Promise<Locator> {
  await page.goto(`${workspace}/savings/${finding.id}`);
  await panelOf(page).getByRole('button', { name: 'Apply', exact: true }).click();
  const question = page.getByRole('dialog', { name: `Apply: ${finding.resource.name}` });
  await question.getByRole('button', { name: 'Cancel' }).waitFor();
  return question;
}

/** Looks at the page as it is on a desk and on a phone, in both themes. */
async function inspect(name: string): Promise<void> {
  await expectAccessible(page);
  await screenshot(page, name);
  await page.setViewportSize(phone);
  await expectNoSidewaysScroll(page);
  await screenshot(page, `${name}-phone`);
  await page.setViewportSize(desktop);
}

describe('decisions', { timeout: 400_000 }, () => {
  test('a policy over final deletions needs its name, typed', async () => {
    await page.goto(`${workspace}/savings/settings`);
    await settled(page);
    await page.getByRole('button', { name: 'New policy' }).click();
    const dialog = page.getByRole('dialog', { name: 'New policy' });
    await dialog.getByLabel('Name', { exact: true }).fill('Clean up');
    // So much that no finding is: the policy must not begin anything by itself.
    await dialog.getByLabel('Smallest saving').fill('900000000');
    const save = dialog.getByRole('button', { name: 'Save', exact: true });
    await expect.poll(() => save.getAttribute('aria-disabled'), patience).not.toBe('true');
    await dialog.getByRole('checkbox', { name: /^Final/ }).check();
    await dialog.getByText('without anybody being asked').waitFor();
    await expect.poll(() => save.getAttribute('aria-disabled'), patience).toBe('true');
    const confirm = dialog.getByLabel('Type the name of the policy to confirm final deletions');
    await confirm.fill('clean');
    await expect.poll(() => save.getAttribute('aria-disabled'), patience).toBe('true');
    await confirm.fill('Clean up');
    await expect.poll(() => save.getAttribute('aria-disabled'), patience).not.toBe('true');
    await inspect('saving-policy');
    await save.click();
    await expect.poll(() => dialog.count(), patience).toBe(0);
    const policy = page.getByRole('button', { name: /^Clean up/ });
    await policy.waitFor();
    await policy.click();
    const change = page.getByRole('dialog', { name: 'Clean up' });
    // What was confirmed is asked again for every change while it is in force.
    await expect
      .poll(
        () => change.getByRole('button', { name: 'Save', exact: true }).getAttribute('aria-disabled'),
        patience,
      )
      .toBe('true');
    await change.getByRole('button', { name: 'Delete', exact: true }).click();
    await page
      .getByRole('dialog', { name: 'Delete the policy Clean up?' })
      .getByRole('button', { name: 'Delete', exact: true })
      .click();
    await expect.poll(() => page.getByRole('button', { name: /^Clean up/ }).count(), patience).toBe(0);
  });

  test('a request is withdrawn by who asked; another is approved by a second person', async () => {
    const person = somebody('Clara Nunes');
    await created(
      page.request.post('/api/v1/orgs/aurora/invitations', {
        headers,
        data: { email: person.email, role: 'admin' },
      }),
    );
    const second = await newPage(browser);
    await second.goto(await linkTo(person.email, '/invitations/accept'));
    await second.getByRole('link', { name: 'Create account' }).click();
    await second.getByRole('heading', { name: 'Create your account' }).waitFor();
    await registerHere(second, person);
    await enter(second, person);
    await second.getByRole('button', { name: 'Accept and join' }).click();
    await second.waitForURL('**/o/aurora/w/*');

    await page.goto(`${workspace}/savings/settings`);
    await page.getByLabel('Approval is needed for').selectOption('all');
    await page.getByLabel('A request ends after').selectOption('3');
    await expect
      .poll(() => read(page, `${api}/finops/approval`), patience)
      .toEqual({ mode: 'all', expireDays: 3 });
    await settled(page);
    await inspect('saving-approval-setting');

    const [finding] = await openFindings('aws-logs-retention');
    if (finding === undefined) throw new Error('the demo estate has a log group without retention');
    const request = async (): Promise<void> => {
      const question = await askToApply(finding);
      await question.getByLabel('Note for the approver').fill('Nobody reads it');
      await question.getByRole('button', { name: 'Request approval' }).click();
      await expect.poll(() => question.count(), patience).toBe(0);
      await expect.poll(() => statusOf(page).textContent(), patience).toContain('Waiting for approval');
    };
    await request();
    await panelOf(page).getByText('The request ends').waitFor();
    const approve = panelOf(page).getByRole('button', { name: 'Approve and run' });
    await expect.poll(() => approve.getAttribute('aria-disabled'), patience).toBe('true');
    await inspect('saving-waiting');
    await panelOf(page).getByRole('button', { name: 'Withdraw request' }).click();
    await expect.poll(() => statusOf(page).textContent(), patience).toContain('Withdrawn');

    await request();
    await second.goto(`${workspace}/savings/actions?status=waiting`);
    const row = second.getByRole('row').filter({ hasText: finding.resource.name }).first();
    await row.getByRole('link').first().click();
    await panelOf(second).getByText('Nobody reads it').waitFor();
    await expectAccessible(second);
    await panelOf(second).getByRole('button', { name: 'Approve and run' }).click();
    await expect.poll(() => statusOf(second).textContent(), cloudPatience).toContain('In force.');
    await panelOf(second).getByText('approved by Clara Nunes').waitFor();
    // And back, so that the estate is as it was.
    await panelOf(second).getByRole('button', { name: 'Undo' }).click();
    await second
      .getByRole('dialog', { name: `Undo: ${finding.resource.name}` })
      .getByRole('button', { name: 'Undo' })
      .click();
    await expect.poll(() => statusOf(second).textContent(), cloudPatience).toContain('As it was before.');
    expectNoFaults(second);
    await created(
      page.request.put(`${api}/finops/approval`, { headers, data: { mode: 'none', expireDays: 7 } }),
    );
  });

  /** Puts a snapshot in quarantine by its name, as a person does. */
  async function quarantine(finding: Finding): Promise<void> {
    const question = await askToApply(finding);
    const confirm = question.getByRole('button', { name: 'Apply now' });
    await expect.poll(() => confirm.getAttribute('aria-disabled'), patience).toBe('true');
    await question.getByRole('textbox').first().fill(finding.resource.name);
    await expect.poll(() => confirm.getAttribute('aria-disabled'), patience).not.toBe('true');
    await confirm.click();
    await expect.poll(() => question.count(), patience).toBe(0);
    await expect.poll(() => statusOf(page).textContent(), cloudPatience).toContain('In quarantine');
  }

  async function takeBack(finding: Finding): Promise<void> {
    await panelOf(page).getByRole('button', { name: 'Take back' }).click();
    await page
      .getByRole('dialog', { name: `Undo: ${finding.resource.name}` })
      .getByRole('button', { name: 'Take back' })
      .click();
  }

  test('what is final goes to quarantine by its name, and is taken back', async () => {
    const [finding] = await openFindings('aws-snapshot-old');
    if (finding === undefined) throw new Error('the demo estate has old snapshots');
    await quarantine(finding);
    await panelOf(page).getByText('Deleted in').waitFor();
    await inspect('saving-quarantine');
    // Nobody deletes the workspace under it.
    const refused = await page.request.delete(api, { headers, data: { confirm: slug } });
    expect(refused.status()).toBe(409);
    expect(await refused.text()).toContain('in quarantine until');
    await takeBack(finding);
    await expect.poll(() => statusOf(page).textContent(), cloudPatience).toContain('As it was before.');
  });

  test('what vanished during its quarantine needs a person, who is told what to do', async () => {
    const finding = (await openFindings('aws-snapshot-old')).at(-1);
    if (finding === undefined) throw new Error('the demo estate has old snapshots');
    await quarantine(finding);
    const { orders } = await created<{ orders: { id: string }[] }>(
      page.request.post(`${api}/operations`, {
        headers,
        data: {
          resourceIds: [finding.resource.id],
          operation: 'delete',
          confirm: finding.resource.name,
        },
      }),
    );
    await expect
      .poll(
        async () => (await read<{ status: string }>(page, `${api}/orders/${orders[0]?.id ?? ''}`)).status,
        cloudPatience,
      )
      .toBe('done');
    await takeBack(finding);
    await expect.poll(() => statusOf(page).textContent(), cloudPatience).toContain('Needs attention');
    await panelOf(page).getByText('Undo failed half way').waitFor();
    await inspect('saving-attention');
    await page.goto(`${workspace}/savings/actions?status=needs_attention`);
    await page.getByRole('row').filter({ hasText: finding.resource.name }).first().waitFor();
    expectNoFaults(page);
  });

  test('the Free plan shows the three largest findings, what the others are worth, and no way to apply', async () => {
    const free = await newPage(browser);
    await startOrganization(free, somebody('Otto Reis'), 'Pocket Ltda');
    const [, org = '', place = ''] = /\/o\/([^/]+)\/w\/([^/?#]+)/.exec(free.url()) ?? [];
    const base = `/api/v1/orgs/${org}/workspaces/${place}`;
    await connectAndScan(free, base);
    const list = await read<{ items: Finding[]; hidden: number }>(free, `${base}/finops/recommendations`);
    expect(list.items).toHaveLength(3);
    expect(list.hidden).toBeGreaterThan(0);
    await free.goto(`/o/${org}/w/${place}/savings`);
    await settled(free);
    // The head of the table is a row too.
    await expect.poll(() => free.getByRole('row').count(), patience).toBe(4);
    await free
      .getByText(/not shown in your plan/)
      .first()
      .waitFor();
    await expectAccessible(free);
    await screenshot(free, 'savings-free');
    // Whichever of the three can be applied at all says that the plan does not include it; the server says so too.
    for (const { id, action } of list.items) {
      const refused = await free.request.post(`${base}/finops/recommendations/${id}/apply`, {
        headers,
        data: { idempotencyKey: `free-plan-${id}` },
      });
      expect(refused.status()).toBe(402);
      if (action === null) continue;
      await free.goto(`/o/${org}/w/${place}/savings/${id}`);
      const apply = panelOf(free).getByRole('button', { name: 'Apply', exact: true });
      await expect.poll(() => apply.getAttribute('aria-disabled'), patience).toBe('true');
    }
    expectNoFaults(free);
  });
});
