/** Issue 2: register → verify → organization → workspace → invite → second person accepts → role limits. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectNoFaults, launchBrowser, linkTo, newPage, screenshot, settled, patience } from './kit.ts';
import { enter, registerHere, somebody, startOrganization } from './people.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

test('a person registers, makes an organization and invites a second one, who sees the limits of the role', async () => {
  const maria = somebody('Maria Souza');
  const joao = somebody('João Lima');
  const owner = await newPage(browser);
  await startOrganization(owner, maria, 'Padaria Aurora');
  const org = /\/o\/([^/]+)/.exec(owner.url())?.[1] ?? '';
  expect(org).toMatch(/^padaria-aurora/);
  await settled(owner);
  expect(await owner.getByText('Workspace created').count()).toBeGreaterThan(0);

  await owner.getByRole('link', { name: /Invite your colleagues/ }).click();
  await owner.getByRole('dialog').getByLabel('E-mail').fill(joao.email);
  await owner.getByRole('dialog').getByLabel('Role').selectOption('viewer');
  await owner.getByRole('button', { name: 'Send invitation' }).click();
  await owner
    .getByRole('row', { name: new RegExp(joao.email) })
    .getByText('Pending')
    .waitFor();
  await screenshot(owner, 'invitations');

  const guest = await newPage(browser);
  await guest.goto(await linkTo(joao.email, '/invitations/accept'));
  await guest.getByRole('heading', { name: 'Join Padaria Aurora' }).waitFor();
  await guest.getByText('Maria Souza').first().waitFor();
  await screenshot(guest, 'accept-invitation');
  await guest.getByRole('link', { name: 'Create account' }).click();
  await guest.getByRole('heading', { name: 'Create your account' }).waitFor();
  expect(await guest.getByLabel('E-mail').inputValue()).toBe(joao.email);
  await registerHere(guest, joao);
  await enter(guest, joao);
  await guest.getByRole('button', { name: 'Accept and join' }).click();
  await guest.waitForURL(`**/o/${org}/w/*`);
  await settled(guest);

  // A viewer is told why, instead of meeting an error.
  const activity = guest.getByRole('navigation', { name: 'Main navigation' }).getByText('Activity');
  expect(await activity.getAttribute('aria-disabled')).toBe('true');
  await guest.goto(`/o/${org}/activity`);
  await guest.getByRole('heading', { name: 'Your role does not include this' }).waitFor();
  await guest.goto(`/o/${org}/settings/general`);
  const save = guest.getByRole('button', { name: 'Save' });
  expect(await save.getAttribute('aria-disabled')).toBe('true');
  await save.hover();
  await guest
    .getByRole('tooltip')
    .getByText(/Your role \(Viewer\) does not allow this/)
    .waitFor();
  await screenshot(guest, 'role-limits');

  // The owner makes him an operator; his next page follows.
  await owner.goto(`/o/${org}/settings/members`);
  await owner.getByRole('row', { name: /João Lima/ }).click();
  await owner.getByLabel('Role in the organization').selectOption('admin');
  await owner.getByText('Role changed').first().waitFor();
  await guest.goto(`/o/${org}/activity`);
  await guest
    .getByRole('row', { name: /Role changed/ })
    .first()
    .waitFor();

  expectNoFaults(owner);
  expectNoFaults(guest);
});

test('another organization looks like one that does not exist', async () => {
  const page = await newPage(browser);
  await startOrganization(page, somebody('Rita Reis'), 'Rita Ltda');
  await page.goto('/o/aurora/settings/members');
  await page.getByRole('heading', { name: 'Nothing here' }).waitFor();
  expectNoFaults(page);
});

test('a form says at the field what is wrong, and takes the focus there', async () => {
  const page = await newPage(browser);
  await page.goto('/sign-up');
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.getByText('This is needed').first().waitFor();
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.getAttribute('name')), patience)
    .toBe('name');
  await page.getByLabel('Name').fill('Ana');
  await page.getByLabel('E-mail').fill('not-an-address');
  await page.getByLabel('Password', { exact: true }).fill('short');
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.getByText('This is not an e-mail address').waitFor();
  await page.getByText('At least 10 characters', { exact: true }).waitFor();
  // The server knows common passwords; its answer lands at the field too.
  await page.getByLabel('E-mail').fill(somebody('Ana').email);
  await page.getByLabel('Password', { exact: true }).fill('password1234');
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.getByText(/too easy to guess/).waitFor();
  expectNoFaults(page);
});
