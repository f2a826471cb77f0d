import type { Page } from 'playwright-core';
import { linkTo } from './kit.ts';

export interface Person {
  name: string;
  email: string;
  password: string;
}

let count = 0;

/** A person nobody has registered yet; each test file runs on the same database. */
export function somebody(name: string): Person {
  count += 1;
  const local = name.split(' ')[0]?.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
  const tag = `${Date.now().toString(36)}${count}`;
  return { name, email: `${local}-${tag}@example.org`, password: 'quatro palavras sem rumo 47' };
}

/** Fills the sign-up page that is open, and opens the link of the mail. Ends on "E-mail confirmed". */
export async function registerHere(page: Page, person: Person): Promise<void> {
  await page.getByLabel('Name').fill(person.name);
  await page.getByLabel('E-mail').fill(person.email);
  await page.getByLabel('Password', { exact: true }).fill(person.password);
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.getByRole('heading', { name: 'Check your mail' }).waitFor();
  await page.goto(await linkTo(person.email, '/verify-email'));
  await page.getByRole('heading', { name: 'E-mail confirmed' }).waitFor();
}

/** From the confirmed address on to the application: straight, or through sign-in. */
export async function enter(page: Page, person: Person): Promise<void> {
  const go = page.getByRole('link', { name: /^(Continue|Sign in)$/ });
  const direct = (await go.textContent()) === 'Continue';
  await go.click();
  if (direct) return;
  await page.getByLabel('E-mail').fill(person.email);
  await page.getByLabel('Password', { exact: true }).fill(person.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** Registers, confirms, signs in and makes an organization with a workspace. Ends on its home page. */
export async function startOrganization(page: Page, person: Person, organization: string): Promise<void> {
  await page.goto('/sign-up');
  await registerHere(page, person);
  await enter(page, person);
  await page.waitForURL('**/welcome');
  await page.getByLabel('Name of the organization').fill(organization);
  await page.getByRole('button', { name: 'Create organization' }).click();
  await page.getByRole('heading', { name: 'Your first workspace' }).waitFor();
  await page.getByRole('button', { name: 'Create workspace' }).click();
  await page.waitForURL('**/o/*/w/*');
  await page.getByRole('heading', { level: 1, name: 'Production' }).waitFor();
}
