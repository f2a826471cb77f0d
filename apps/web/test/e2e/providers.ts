/** Steps that are the same whatever the provider: the wizard, the inventory, an operation, a saving and its undo. */
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { startSimulator } from '../../../../packages/simulator/src/server.ts';
import type { Control } from '../../../../packages/simulator/src/control/control.ts';
import { settled } from './kit.ts';

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

/** Makes a workspace without accounts; from here on the page is waited for as long as a busy machine needs. */
export async function newWorkspace(page: Page, name: string): Promise<Place> {
  page.context().setDefaultTimeout(60_000);
  const slug = `${name}-${Date.now().toString(36)}`;
  const made = await page.request.post('/api/v1/orgs/aurora/workspaces', {
    headers: { 'x-atlas-csrf': '1' },
    data: { name: slug, slug },
  });
  expect(made.status()).toBe(201);
  return { path: `/o/aurora/w/${slug}`, api: `/api/v1/orgs/aurora/workspaces/${slug}` };
}

/** The topmost dialog or side panel. */
export const dialog = (page: Page, name?: string | RegExp): Locator =>
  (name === undefined ? page.getByRole('dialog') : page.getByRole('dialog', { name })).last();

interface Connecting {
  /** As the first step names it. */
  readonly provider: string;
  /** Name of the file that the step about access offers to copy, and what stands in it. */
  readonly access: { readonly file: string; readonly text: string };
  /** Values of the credentials by the beginning of their label. */
  readonly credentials: Readonly<Record<string, string>>;
  readonly name: string;
}

/** Goes through the wizard to the step of the credentials, and fills them in. */
export async function toCredentials(page: Page, place: Place, wanted: Connecting): Promise<void> {
  await page.goto(`${place.path}/accounts/connect`);
  await page.getByRole('radio', { name: wanted.provider, exact: true }).check();
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('heading', { name: 'What may CloudAtlas do?' }).waitFor();
  await page.getByRole('button', { name: 'Continue' }).click();
  const offered = page.getByRole('region', { name: wanted.access.file });
  await offered.getByText(wanted.access.text).first().waitFor();
  await page.getByRole('button', { name: 'Continue' }).click();
  for (const [label, value] of Object.entries(wanted.credentials))
    await page.getByRole('textbox', { name: label }).fill(value);
  await page.getByLabel('Where the account is').selectOption('simulator');
}

/** Connects an account through the wizard and waits until its first inventory is over. */
export async function connect(page: Page, place: Place, wanted: Connecting): Promise<void> {
  await toCredentials(page, place, wanted);
  await page.getByRole('button', { name: 'Check' }).click();
  await page.getByText('Every permission that is needed is there.').waitFor(cloudPatience);
  await page.getByLabel('Name in CloudAtlas').fill(wanted.name);
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  await expect.poll(() => page.getByText(/^\d+ resources found$/).count(), cloudPatience).toBe(1);
}

/** Opens a resource from the list. */
export async function openResource(page: Page, place: Place, type: string, name: string): Promise<Locator> {
  await page.goto(`${place.path}/resources?q=${encodeURIComponent(name)}&type=${type}`);
  await page.getByRole('link', { name, exact: true }).first().click();
  const panel = dialog(page);
  await panel.getByRole('heading', { name }).waitFor();
  return panel;
}

/** Presses an operation of the open resource and confirms it. */
export async function operate(page: Page, panel: Locator, operation: string, name: string): Promise<void> {
  await panel.getByRole('button', { name: operation, exact: true }).click();
  const question = dialog(page, `${operation}: ${name}`);
  await question.getByRole('button', { name: operation, exact: true }).click();
  await question.waitFor({ state: 'detached' });
}

/** The costs of the workspace are there, and name what this provider bills. */
export async function seeCosts(page: Page, place: Place, service: string): Promise<void> {
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
    .getByRole('table', { name: 'Costs by Service' })
    .getByText(service)
    .first()
    .waitFor(cloudPatience);
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
  await page.getByLabel('What').selectOption({ label: wanted.what });
  await page.getByRole('combobox', { name: 'Region' }).click();
  await page
    .getByRole('option', { name: new RegExp(`^${wanted.region}`) })
    .first()
    .click();
  await page.getByRole('textbox', { name: wanted.name[0] }).fill(wanted.name[1]);
  for (const [label, value] of Object.entries(wanted.choices ?? {})) {
    await page.getByRole('combobox', { name: label }).click();
    await page.getByRole('option', { name: value }).first().click();
  }
  await page.getByRole('heading', { name: 'Estimated price' }).waitFor();
  await page.getByText('per month').first().waitFor(cloudPatience);
  await page.getByRole('button', { name: 'Create', exact: true }).click();
  await page.getByRole('heading', { name: 'It is being created' }).waitFor();
  await expect.poll(() => page.getByText('Done', { exact: true }).count(), cloudPatience).toBe(1);
  await page.getByRole('link', { name: 'See the resource' }).click();
  await page.getByRole('heading', { name: wanted.name[1] }).first().waitFor();
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
    .filter({ hasText: finding.title })
    .filter({ hasText: finding.resource })
    .first()
    .getByRole('link')
    .first()
    .click();
  const panel = page.getByRole('dialog').first();
  await panel.getByRole('button', { name: 'Apply', exact: true }).click();
  await dialog(page, `Apply: ${finding.resource}`).getByRole('button', { name: 'Apply now' }).click();
  await panel.getByText('Can be undone for').waitFor(cloudPatience);
  await during();
  await panel.getByRole('button', { name: 'Undo' }).click();
  await dialog(page, `Undo: ${finding.resource}`).getByRole('button', { name: 'Undo' }).click();
  await panel.getByText('As it was before.').waitFor(cloudPatience);
}
