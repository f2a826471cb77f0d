/** Every page: axe in both themes, phone width without sideways scroll, both languages, no fault. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  atlas,
  desktop,
  expectAccessible,
  expectNoFaults,
  expectNoShift,
  expectNoSidewaysScroll,
  launchBrowser,
  newPage,
  phone,
  screenshot,
  settled,
  signIn,
} from './kit.ts';

let browser: Browser;
let page: Page;
beforeAll(async () => {
  browser = await launchBrowser();
  page = await newPage(browser);
});
afterAll(() => browser.close());

const outside: readonly [string, string][] = [
  ['sign-in', '/sign-in'],
  ['sign-up', '/sign-up'],
  ['forgot-password', '/forgot-password'],
  ['reset-password', '/reset-password#token=aaaaaaaaaaaaaaaaaaaaaaaa'],
  ['verify-email', '/verify-email#token=aaaaaaaaaaaaaaaaaaaaaaaa'],
  ['invitation', '/invitations/accept#token=aaaaaaaaaaaaaaaaaaaaaaaa'],
];
const inside: readonly [string, string][] = [
  ['home', '/o/aurora/w/production'],
  ['activity', '/o/aurora/activity'],
  ['activity-filtered', '/o/aurora/activity?outcome=denied&period=custom&from=2026-01-01&to=2026-01-31'],
  ['general', '/o/aurora/settings/general'],
  ['members', '/o/aurora/settings/members'],
  ['invitations-empty', '/o/aurora/settings/invitations'],
  ['invite', '/o/aurora/settings/invitations?new=1'],
  ['roles', '/o/aurora/settings/roles'],
  ['workspaces', '/o/aurora/settings/workspaces'],
  ['plan', '/o/aurora/settings/plan'],
  ['profile', '/account/profile'],
  ['account-security', '/account/security'],
  ['api-keys', '/account/api-keys'],
  ['welcome', '/welcome'],
  ['not-found', '/o/aurora/nothing/here'],
];

/** Looks at one page in every way. */
async function inspect(name: string, path: string): Promise<void> {
  await page.setViewportSize(desktop);
  await page.goto(path);
  await settled(page);
  await expectNoShift(page);
  await expectAccessible(page);
  await screenshot(page, name);
  await page.setViewportSize(phone);
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);
  await screenshot(page, `${name}-phone`);
  await page.setViewportSize({ width: 360, height: 740 });
  await expectNoSidewaysScroll(page);
  expectNoFaults(page);
}

describe('before sign-in', () => {
  test.each(outside)('%s', inspect);
});

describe('behind sign-in', () => {
  beforeAll(async () => {
    await page.setViewportSize(desktop);
    await signIn(page, atlas.demo.email, atlas.demo.password);
    await page.waitForURL('**/o/aurora/**');
  });
  test.each(inside)('%s', inspect);
});

test('the demo is one press away, and the language goes with the person', async () => {
  const brazil = await newPage(browser, { locale: 'pt-BR', theme: 'dark' });
  await brazil.goto('/sign-in');
  await brazil.getByRole('heading', { name: 'Entrar' }).waitFor();
  expect(await brazil.evaluate(() => document.documentElement.lang)).toBe('pt-BR');
  await screenshot(brazil, 'sign-in-dark-pt');
  await brazil.getByRole('button', { name: 'Entrar na demonstração' }).click();
  await brazil.waitForURL('**/o/aurora/w/**');
  await settled(brazil);
  // The profile says English; the person changes it in the menu, and it is kept.
  await brazil.getByRole('button', { name: /Demo Aurora/ }).click();
  await brazil.getByRole('menuitemradio', { name: 'Português (Brasil)' }).click();
  await brazil.getByRole('menuitemradio', { name: 'Escuro' }).click();
  await brazil.keyboard.press('Escape');
  await brazil.reload();
  await brazil.getByRole('link', { name: 'Início' }).waitFor();
  expect(await brazil.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark');
  await settled(brazil);
  await screenshot(brazil, 'home-dark-pt');
  await brazil.goto('/o/aurora/settings/roles');
  await settled(brazil);
  await expectAccessible(brazil);
  await screenshot(brazil, 'roles-dark-pt');
  await brazil.setViewportSize(phone);
  await expectNoSidewaysScroll(brazil);
  await brazil.setViewportSize(desktop);
  await brazil.getByRole('button', { name: /Demo Aurora/ }).click();
  await brazil.getByRole('menuitemradio', { name: 'English' }).click();
  await brazil.getByRole('menuitemradio', { name: 'As the system' }).click();
  await brazil.keyboard.press('Escape');
  expectNoFaults(brazil);
});
