/** Issue 2: second factor enrolled and used; password reset; sessions ended; API key shown once. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectNoFaults, launchBrowser, linkTo, newPage, screenshot, settled, signIn } from './kit.ts';
import { somebody, startOrganization } from './people.ts';
import { totpCode } from './totp.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

/** Sets up the authenticator app on the open security page; returns its secret and the recovery codes. */
async function enrol(page: Page, password: string): Promise<{ secret: string; codes: string[] }> {
  await page.getByRole('button', { name: 'Set up an authenticator app' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Current password').fill(password);
  await dialog.getByRole('button', { name: 'Next' }).click();
  await dialog.getByRole('img', { name: /QR code/ }).waitFor();
  await screenshot(page, 'mfa-enrol');
  const secret = ((await dialog.locator('code').textContent()) ?? '').replaceAll(/\s/g, '');
  await dialog.getByLabel('Code from the app').fill(totpCode(secret));
  await dialog.getByRole('button', { name: 'Confirm' }).click();
  const codes = dialog.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem');
  await codes.first().waitFor();
  const texts = await codes.allTextContents();
  await dialog.getByRole('button', { name: 'I have kept them' }).click();
  return { secret, codes: texts };
}

test('a second factor is set up, asked for at sign-in, and replaced once by a recovery code', async () => {
  const person = somebody('Bruno Dias');
  const page = await newPage(browser);
  await startOrganization(page, person, 'Bruno SA');
  await page.goto('/account/security');
  const { secret, codes } = await enrol(page, person.password);
  expect(codes.length).toBeGreaterThanOrEqual(8);
  await page.getByText('On', { exact: true }).waitFor();
  await settled(page);
  await screenshot(page, 'security');

  const second = await newPage(browser);
  await signIn(second, person.email, person.password);
  await second.waitForURL('**/mfa');
  await second.getByLabel('Six-digit code').fill('000000');
  await second.getByRole('button', { name: 'Verify' }).click();
  await second.getByText(/The code is wrong/).waitFor();
  await screenshot(second, 'mfa');
  // The code of enrolment is used up; the next one is accepted within the clock's tolerance.
  await second.getByLabel('Six-digit code').fill(totpCode(secret, 1));
  await second.getByRole('button', { name: 'Verify' }).click();
  await second.waitForURL('**/o/**');

  const third = await newPage(browser);
  await signIn(third, person.email, person.password);
  await third.getByRole('button', { name: 'Use a recovery code' }).click();
  await third.getByLabel('Recovery code').fill(codes[0] ?? '');
  await third.getByRole('button', { name: 'Verify' }).click();
  await third.waitForURL('**/o/**');

  // Signing out everywhere else ends the other two at their next step.
  await page.goto('/account/security');
  await page.getByRole('button', { name: 'Sign out everywhere else' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Sign out everywhere else' }).click();
  await page.getByText('All other sessions have ended').first().waitFor();
  await second.goto('/account/profile');
  await second.waitForURL('**/sign-in?returnTo=**');
  expectNoFaults(page);
  expectNoFaults(second);
  expectNoFaults(third);
});

test('a forgotten password is replaced by a link from the mail', async () => {
  const person = somebody('Clara Nunes');
  const page = await newPage(browser);
  await startOrganization(page, person, 'Clara ME');
  const other = await newPage(browser);
  await other.goto('/sign-in');
  await other.getByRole('link', { name: 'Forgot your password?' }).click();
  await other.getByRole('heading', { name: 'Reset your password' }).waitFor();
  await other.getByLabel('E-mail').fill(person.email);
  await other.getByRole('button', { name: 'Send the link' }).click();
  await other.getByRole('heading', { name: 'Check your mail' }).waitFor();
  await other.goto(await linkTo(person.email, '/reset-password'));
  const password = 'cinco barcos azuis no rio 93';
  await other.getByLabel('New password').fill(password);
  await other.getByRole('button', { name: 'Save the new password' }).click();
  await other.getByRole('heading', { name: 'Password changed' }).waitFor();
  await signIn(other, person.email, person.password);
  await other.getByText(/E-mail or password is wrong/).waitFor();
  await signIn(other, person.email, password);
  await other.waitForURL('**/o/**');
  // The session from before has ended, and the way back is kept.
  await page.goto('/account/api-keys');
  await page.waitForURL('**/sign-in?returnTo=%2Faccount%2Fapi-keys');
  expectNoFaults(other);
});

test('an API key is limited to chosen permissions, shown once and revoked', async () => {
  const page = await newPage(browser);
  await startOrganization(page, somebody('Davi Alves'), 'Davi Co');
  await page.goto('/account/api-keys');
  await settled(page);
  await page.getByRole('button', { name: 'Create API key' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Nightly export');
  await dialog.getByText('costs:read').click();
  await dialog.getByRole('button', { name: 'Create API key' }).click();
  const secret = await dialog.getByRole('region', { name: 'Your new key' }).textContent();
  expect((secret ?? '').length).toBeGreaterThan(30);
  await dialog.getByRole('button', { name: 'I have kept them' }).click();
  const row = page.getByRole('row', { name: /Nightly export/ });
  await row.getByRole('button', { name: 'Actions for Nightly export' }).click();
  await page.getByRole('menuitem', { name: 'Revoke' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await page.getByRole('heading', { name: 'No API keys' }).waitFor();
  expectNoFaults(page);
});
