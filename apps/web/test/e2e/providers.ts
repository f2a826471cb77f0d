/** Steps that are the same whatever the provider: the wizard, the inventory, an operation, a saving and its undo. */
import type { Browser, Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { startSimulator } from '../../../../packages/simulator/src/server.ts';
import type { Control } from '../../../../packages/simulator/src/control/control.ts';
import { expectAccessible, newDemoPage, settled } from './kit.ts';

/** The bundled cloud is slower than a click: a first inventory, a year of bills, a machine that stops. */
export const cloudPatience = { timeout: 120_000, interval: 250 } as const;

/**
 * Something of the demo estate, e.g. credentials. All of it follows from the seed: what a twin has is what the simulator
 * has that the product under test has started.
 */
export async function ofDemo<T>(read: (control: Control) => T | undefined): Promise<T> {
  const twin = await startSimulator({ scenario: 'demo' });
  const found = read(twin.control);
  await twin.close();
  if (found === undefined) throw new Error('the demo scenario does not have that');
  return found;
}

/** A workspace of the demo organization that no other test and no earlier run has. */
export interface Place {
  /** `/o/aurora/w/…` */
  readonly path: string;
  /** `/api/v1/orgs/aurora/workspaces/…` */
  readonly api: string;
}

/** A page in a workspace without accounts; it is waited for as long as a busy machine needs. */
export async function newPlace(browser: Browser, name: string): Promise<{ page: Page; place: Place }> {
  const page = await newDemoPage(browser);
  page.context().setDefaultTimeout(60_000);
  const slug = `${name}-${Date.now().toString(36)}`;
  const made = await page.request.post('/api/v1/orgs/aurora/workspaces', {
    headers: { 'x-atlas-csrf': '1' },
    data: { name: slug, slug },
  });
  expect(made.status()).toBe(201);
  return {
    page,
    place: { path: `/o/aurora/w/${slug}`, api: `/api/v1/orgs/aurora/workspaces/${slug}` },
  };
}

/** The topmost dialog or side panel. */
export const dialog = (page: Page, name?: string): Locator =>
  name === undefined ? page.getByRole('dialog').last() : page.getByRole('dialog', { name, exact: true });

/** A text field by its label, which says so when it may stay empty. */
const textbox = (page: Page | Locator, label: string): Locator =>
  page
    .getByRole('textbox', { name: label, exact: true })
    .or(page.getByRole('textbox', { name: `${label} optional`, exact: true }));

/** What an application of Microsoft's directory signs in with, by label. */
export const clientSecret = (application: {
  tenantId: string;
  clientId: string;
  clientSecret: string;
}): Record<string, string> => ({
  'Directory (tenant) ID': application.tenantId,
  'Application (client) ID': application.clientId,
  'Client secret': application.clientSecret,
});

interface Connecting {
  /** As the first step names it. */
  readonly provider: string;
  /** Name of the file that the step about access offers to copy, and what stands in it. */
  readonly access: { readonly file: string; readonly text: string };
  /** Values of the credentials by label. */
  readonly credentials: Readonly<Record<string, string>>;
  readonly name: string;
}

/** Goes through the wizard, fills the credentials in and has them checked. */
async function check(page: Page, place: Place, wanted: Connecting): Promise<void> {
  const next = page.getByRole('button', { name: 'Continue', exact: true });
  await page.goto(`${place.path}/accounts/connect`);
  await page.getByRole('radio', { name: wanted.provider, exact: true }).check();
  await next.click();
  await page.getByRole('heading', { name: 'What may CloudAtlas do?', exact: true }).waitFor();
  await next.click();
  const offered = page.getByRole('region', { name: wanted.access.file, exact: true });
  await offered.filter({ hasText: wanted.access.text }).waitFor();
  await next.click();
  for (const [label, value] of Object.entries(wanted.credentials)) await textbox(page, label).fill(value);
  await page.getByLabel('Where the account is', { exact: true }).selectOption('simulator');
  await page.getByRole('button', { name: 'Check', exact: true }).click();
}

/** Wrong credentials are told in words a person can act on. */
export async function seeRefusal(page: Page, place: Place, wanted: Connecting, words: string): Promise<void> {
  await check(page, place, wanted);
  await page.getByRole('alert').filter({ hasText: words }).waitFor(cloudPatience);
}

/** Connects an account through the wizard and waits until its first inventory is over. */
export async function connect(page: Page, place: Place, wanted: Connecting): Promise<void> {
  await check(page, place, wanted);
  await page.getByText('Every permission that is needed is there.', { exact: true }).waitFor(cloudPatience);
  await page.getByLabel('Name in CloudAtlas', { exact: true }).fill(wanted.name);
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  await page.getByText(/^[\d,]+ resources found$/).waitFor(cloudPatience);
}

/** Opens a resource from the list. */
export async function openResource(page: Page, place: Place, type: string, name: string): Promise<Locator> {
  await page.goto(`${place.path}/resources?q=${encodeURIComponent(name)}&type=${type}`);
  await page.getByRole('table').getByRole('link', { name, exact: true }).click();
  const panel = dialog(page, name);
  await panel.getByRole('heading', { name, exact: true }).waitFor();
  return panel;
}

/** Presses an operation of the open resource, fills its form in and confirms it. */
export async function operate(
  page: Page,
  panel: Locator,
  operation: string,
  name: string,
  form: Readonly<Record<string, string>> = {},
): Promise<void> {
  await panel.getByRole('button', { name: operation, exact: true }).click();
  const question = dialog(page, `${operation}: ${name}`);
  for (const [label, value] of Object.entries(form)) await textbox(question, label).fill(value);
  await question.getByRole('button', { name: operation, exact: true }).click();
  await question.waitFor({ state: 'detached' });
}

/** Looks at a running machine, stops it and starts it again, each time until its page says so. */
export async function stopAndStart(
  page: Page,
  place: Place,
  machine: { readonly type: string; readonly name: string; readonly stop: string },
): Promise<void> {
  const panel = await openResource(page, place, machine.type, machine.name);
  // The head of the page, above whatever else tells its state.
  const state = panel.getByRole('status').first();
  await expect.poll(() => state.textContent(), cloudPatience).toContain('Running');
  await expectAccessible(page);
  await operate(page, panel, machine.stop, machine.name);
  await expect.poll(() => state.textContent(), cloudPatience).toBe('Stopped');
  await operate(page, panel, 'Start', machine.name);
  await expect.poll(() => state.textContent(), cloudPatience).toBe('Running');
}

/**
 * The costs of the workspace are there, and name what this provider bills.
 * @param resource one that the bill names; its own page tells what it cost
 */
export async function seeCosts(
  page: Page,
  place: Place,
  service: string,
  resource?: { type: string; name: string },
): Promise<void> {
  await expect
    .poll(async () => {
      const overview = (await (await page.request.get(`${place.api}/costs/overview`)).json()) as {
        firstDay: string | null;
      };
      return overview.firstDay;
    }, cloudPatience)
    .not.toBeNull();
  await page.goto(`${place.path}/costs`);
  await settled(page);
  await page
    .getByRole('table', { name: 'Costs by Service', exact: true })
    .getByText(service, { exact: true })
    .waitFor(cloudPatience);
  if (resource === undefined) return;
  const panel = await openResource(page, place, resource.type, resource.name);
  await panel.getByRole('tab', { name: 'Cost' }).click();
  await panel.getByText('Cost over time').waitFor();
  await expectAccessible(page);
  await panel.getByRole('link', { name: 'Show in costs, by usage type' }).click();
  await page.getByRole('table', { name: 'Costs by Usage type', exact: true }).waitFor();
}

/** Scans with the bill at hand: the scan that followed the first inventory may have come before it. */
export async function scan(page: Page, place: Place): Promise<void> {
  const statuses = async (): Promise<string[]> => {
    const answer = await page.request.get(`${place.api}/finops/scans`);
    return ((await answer.json()) as { items: { status: string }[] }).items.map(({ status }) => status);
  };
  const atRest = async (): Promise<number> => {
    const all = await statuses();
    return all.includes('running') ? 0 : all.length;
  };
  await expect.poll(atRest, cloudPatience).toBeGreaterThan(0);
  const before = await atRest();
  await page.request.post(`${place.api}/finops/scans`, { headers: { 'x-atlas-csrf': '1' }, data: {} });
  await expect.poll(atRest, cloudPatience).toBeGreaterThan(before);
}

/** Chooses from a list that is searched by typing, by the first line of an option. */
async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: label, exact: true }).click();
  await page
    .getByRole('option')
    .filter({ has: page.getByText(option, { exact: true }) })
    .click();
}

/** Creates a resource through its form and opens it. */
export async function create(
  page: Page,
  place: Place,
  wanted: {
    readonly what: string;
    readonly region: string;
    /** Choices of the account by label. */
    readonly choices?: Readonly<Record<string, string>>;
    /** Label of the name, and the name. */
    readonly name: readonly [label: string, value: string];
  },
): Promise<void> {
  await page.goto(`${place.path}/resources/new`);
  await page.getByLabel('What', { exact: true }).selectOption({ label: wanted.what });
  await choose(page, 'Region', wanted.region);
  await textbox(page, wanted.name[0]).fill(wanted.name[1]);
  for (const [label, value] of Object.entries(wanted.choices ?? {})) await choose(page, label, value);
  await page.getByRole('heading', { name: 'Estimated price', exact: true }).waitFor();
  await page.getByText('per month', { exact: true }).waitFor(cloudPatience);
  await page.getByRole('button', { name: 'Create', exact: true }).click();
  await page.getByRole('heading', { name: 'It is being created', exact: true }).waitFor();
  await page.getByText('Done', { exact: true }).waitFor(cloudPatience);
  await page.getByRole('link', { name: 'See the resource', exact: true }).click();
  await page.getByRole('heading', { name: wanted.name[1], exact: true }).waitFor();
}

/** Applies a finding and takes it back; `during` looks at what it did in between. */
export async function applyAndUndo(
  page: Page,
  place: Place,
  finding: { readonly title: string; readonly resource: string },
  during: () => Promise<void>,
): Promise<void> {
  await page.goto(`${place.path}/savings?q=${encodeURIComponent(finding.resource)}`);
  await settled(page);
  await page
    .getByRole('row')
    .filter({ has: page.getByText(finding.resource, { exact: true }) })
    .getByRole('link', { name: finding.title, exact: true })
    .click();
  const panel = dialog(page, finding.title);
  await panel.getByRole('button', { name: 'Apply', exact: true }).click();
  await dialog(page, `Apply: ${finding.resource}`)
    .getByRole('button', { name: 'Apply now', exact: true })
    .click();
  await panel.getByText('Can be undone for').waitFor(cloudPatience);
  await during();
  await panel.getByRole('button', { name: 'Undo', exact: true }).click();
  await dialog(page, `Undo: ${finding.resource}`).getByRole('button', { name: 'Undo', exact: true }).click();
  await panel.getByText('As it was before.', { exact: true }).waitFor(cloudPatience);
}
