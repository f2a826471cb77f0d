/** Organization settings for real: address, deletion with grace, workspaces, invitations, roles in one workspace. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectNoFaults, launchBrowser, linkTo, newDemoPage, newPage, patience, settled } from './kit.ts';
import { enter, registerHere, somebody, startOrganization } from './people.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

const orgOf = (page: Page): string => /\/o\/([^/]+)/.exec(page.url())?.[1] ?? '';

test('an organization changes name and address, is deleted with a grace period and restored', async () => {
  const page = await newPage(browser);
  await startOrganization(page, somebody('Fabio Melo'), 'Melo Motores');
  const org = orgOf(page);
  await page.goto(`/o/${org}/settings/general`);
  await page.getByLabel('Address').fill('Not Valid');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Lower-case letters, digits and single hyphens only').waitFor();
  await page.getByLabel('Address').fill('aurora');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText(/This address is taken/).waitFor();
  await page.getByLabel('Name').fill('Melo Elétricos');
  await page.getByLabel('Address').fill(`${org}-novo`);
  await page.getByText('Links with the old address stop working').waitFor();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.waitForURL(`**/o/${org}-novo/settings/general`);
  await page.getByRole('button', { name: /Melo Elétricos/ }).waitFor();

  await page.getByRole('button', { name: 'Delete organization' }).click();
  const dialog = page.getByRole('dialog');
  const confirm = dialog.getByRole('button', { name: 'Delete organization' });
  expect(await confirm.getAttribute('aria-disabled')).toBe('true');
  await dialog.getByLabel(/to confirm/).fill(`${org}-novo`);
  await confirm.click();
  await page.getByText('This organization is being deleted.').waitFor();
  await page.getByRole('button', { name: 'Restore' }).click();
  await expect.poll(() => page.getByText('This organization is being deleted.').count(), patience).toBe(0);
  expectNoFaults(page);
});

test('workspaces are made, renamed and deleted; the plan says when there are enough', async () => {
  const demo = await newDemoPage(browser);
  const name = `Sandbox ${Date.now().toString(36)}`;
  await demo.goto('/o/aurora/settings/workspaces?new=1');
  await demo.getByRole('dialog').getByLabel('Name').fill(name);
  await demo.getByRole('dialog').getByRole('button', { name: 'New workspace' }).click();
  const row = demo.getByRole('row', { name: new RegExp(name) });
  await row.waitFor();
  await row.getByRole('button', { name: `Actions for ${name}` }).click();
  await demo.getByRole('menuitem', { name: 'Name and address' }).click();
  await demo.getByRole('dialog').getByLabel('Name').fill(`${name} two`);
  await demo.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  const renamed = demo.getByRole('row', { name: new RegExp(`${name} two`) });
  await renamed.waitFor();
  const slug = (await renamed.locator('code').textContent()) ?? '';
  await renamed.getByRole('button', { name: /^Actions for/ }).click();
  await demo.getByRole('menuitem', { name: 'Delete workspace' }).click();
  await demo
    .getByRole('dialog')
    .getByLabel(/to confirm/)
    .fill(slug);
  await demo.getByRole('dialog').getByRole('button', { name: 'Delete workspace' }).click();
  await expect.poll(() => renamed.count(), patience).toBe(0);
  expectNoFaults(demo);

  const free = await newPage(browser);
  await startOrganization(free, somebody('Gil Rocha'), 'Gil Livre');
  await free.goto(`/o/${orgOf(free)}/settings/workspaces?new=1`);
  await free.getByRole('dialog').getByLabel('Name').fill('One too many');
  await free.getByRole('dialog').getByRole('button', { name: 'New workspace' }).click();
  await free.getByText(/A limit of your plan is reached/).waitFor();
  expectNoFaults(free);
});

test('an invitation is revoked; a member gets another role in one workspace, and is removed', async () => {
  const owner = await newPage(browser);
  await startOrganization(owner, somebody('Helena Luz'), 'Luz Energia');
  const org = orgOf(owner);
  const invite = async (email: string, role: string): Promise<void> => {
    await owner.goto(`/o/${org}/settings/invitations?new=1`);
    await owner.getByRole('dialog').getByLabel('E-mail').fill(email);
    await owner.getByRole('dialog').getByLabel('Role').selectOption(role);
    await owner.getByRole('button', { name: 'Send invitation' }).click();
    await owner.getByRole('row', { name: new RegExp(email) }).waitFor();
  };
  const stranger = somebody('Ivo Paz');
  await invite(stranger.email, 'viewer');
  const link = await linkTo(stranger.email, '/invitations/accept');
  await owner.getByRole('button', { name: `Actions for ${stranger.email}` }).click();
  await owner.getByRole('menuitem', { name: 'Revoke' }).click();
  await owner.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await owner
    .getByRole('row', { name: new RegExp(stranger.email) })
    .getByText('Revoked')
    .waitFor();
  const refused = await newPage(browser);
  await refused.goto(link);
  await refused.getByRole('heading', { name: 'This invitation does not work' }).waitFor();

  const member = somebody('Julia Mar');
  await invite(member.email, 'viewer');
  const guest = await newPage(browser);
  await guest.goto(await linkTo(member.email, '/invitations/accept'));
  await guest.getByRole('link', { name: 'Create account' }).click();
  await guest.getByRole('heading', { name: 'Create your account' }).waitFor();
  await registerHere(guest, member);
  await enter(guest, member);
  await guest.getByRole('button', { name: 'Accept and join' }).click();
  await guest.waitForURL(`**/o/${org}/w/*`);
  await settled(guest);

  await owner.goto(`/o/${org}/settings/members`);
  await owner.getByRole('row', { name: /Julia Mar/ }).click();
  await owner.getByRole('dialog').getByLabel('Production', { exact: true }).selectOption('operator');
  await owner.getByText('Role changed').first().waitFor();
  await owner.keyboard.press('Escape');
  await guest.reload();
  await settled(guest);
  await guest.getByRole('main').getByText('Operator').first().waitFor();

  await owner.getByRole('button', { name: 'Actions for Julia Mar' }).click();
  await owner.getByRole('menuitem', { name: 'Remove' }).click();
  await owner.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await expect.poll(() => owner.getByRole('row', { name: /Julia Mar/ }).count(), patience).toBe(0);
  await guest.goto(`/o/${org}/settings/members`);
  await guest.getByRole('heading', { name: 'Nothing here' }).waitFor();
  expectNoFaults(owner);
  expectNoFaults(guest);
});
