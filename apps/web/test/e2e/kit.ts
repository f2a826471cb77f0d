/** Browser test kit: one Chromium, pages that report what goes wrong, axe in both themes, pictures on demand. */
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { expect, inject, vi } from 'vitest';

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

interface AtlasUnderTest {
  /** Origin of the running product, without a trailing slash. */
  readonly url: string;
  readonly demo: { readonly email: string; readonly password: string };
  /** Path of the browser's program. */
  readonly chromium: string;
}

/** The product under test, started and provided by tools/e2e/setup.ts (whose types the web app does not read). */
export const atlas = inject('atlas' as never) as AtlasUnderTest;
const screenshots = fileURLToPath(new URL('../../../../docs/screenshots/', import.meta.url));
const axeSource = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** Long enough for a page of a busy machine, short enough to tell. */
const patienceMs = 20_000;
/** For `expect.poll`, whose own second is too short, and `vi.waitFor`. */
export const patience = { timeout: patienceMs, interval: 100 } as const;

export const phone = { width: 390, height: 844 } as const;
export const desktop = { width: 1440, height: 900 } as const;

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: atlas.chromium, args: flags });
}

export interface PageOptions {
  viewport?: { width: number; height: number };
  theme?: 'light' | 'dark';
  locale?: 'en-US' | 'pt-BR';
}

/** Faults a page reported; `expectNoFaults` reads them. */
const faults = new WeakMap<BrowserContext, string[]>();

/** A page of a browser profile of its own: nobody is signed in, nothing is stored. */
export async function newPage(browser: Browser, options: PageOptions = {}): Promise<Page> {
  const context = await browser.newContext({
    baseURL: atlas.url,
    viewport: options.viewport ?? desktop,
    colorScheme: options.theme ?? 'light',
    locale: options.locale ?? 'en-US',
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(patienceMs);
  const found: string[] = [];
  faults.set(context, found);
  const page = await context.newPage();
  page.on('pageerror', (error) => found.push(`uncaught: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() !== 'error') return;
    // The browser logs each 4xx answer itself; tests look at those through the interface.
    if (/Failed to load resource: the server responded with a status of 4\d\d/.test(message.text())) return;
    found.push(`console: ${message.text()}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 500)
      found.push(`${response.status()} ${response.request().method()} ${response.url()}`);
  });
  return page;
}

/** No uncaught error, no complaint of the content security policy, no 5xx since the page was made. */
export function expectNoFaults(page: Page): void {
  expect(faults.get(page.context())).toEqual([]);
}

/** Waits until the page shows its heading and no place-holder any more. */
export async function settled(page: Page): Promise<void> {
  await page.locator('h1, [role="alert"] h2').first().waitFor();
  await vi.waitFor(async () => {
    expect(await page.locator('main .animate-pulse, [aria-busy="true"]').count()).toBe(0);
  }, patience);
}

interface AxeRun {
  violations: { id: string; impact: string | null; nodes: { target: string[]; failureSummary?: string }[] }[];
}

/** Switches the theme as the menu does, without its clicks. */
export async function useTheme(page: Page, theme: 'light' | 'dark'): Promise<void> {
  await page.evaluate((name) => {
    document.documentElement.dataset['theme'] = name;
  }, theme);
}

/** What axe finds against WCAG 2.2 A and AA on the page as it is, one line per element. */
async function axeFindings(page: Page): Promise<string[]> {
  // The debugger's evaluation is not subject to the page's CSP, a script tag would be.
  const { readFile } = await import('node:fs/promises');
  await page.evaluate(await readFile(axeSource, 'utf8'));
  const run = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run: (context: Document, options: object) => Promise<AxeRun> };
    };
    return axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      resultTypes: ['violations'],
    });
  });
  return run.violations.flatMap((violation) =>
    violation.nodes
      // Tooltips and menus are drawn at the end of the document on purpose; their trigger is in a landmark.
      .filter(
        (node) =>
          violation.id !== 'region' || !node.target.some((target) => target.includes('data-radix-popper')),
      )
      .map(
        (node) =>
          `${violation.id} (${violation.impact}): ${node.target.join(' ')} ${node.failureSummary ?? ''}`,
      ),
  );
}

/** Nothing for axe to find, in light and in dark. Leaves the page in the theme it had. */
export async function expectAccessible(page: Page): Promise<void> {
  const before = await page.evaluate(() => document.documentElement.dataset['theme']);
  for (const theme of ['light', 'dark'] as const) {
    await useTheme(page, theme);
    expect(await axeFindings(page), `${theme} ${page.url()}`).toEqual([]);
  }
  await useTheme(page, before === 'dark' ? 'dark' : 'light');
}

/** The page itself does not scroll sideways. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  expect(content, page.url()).toBeLessThanOrEqual(window ?? 0);
}

/** Cumulative layout shift since the page was loaded stays small (web vitals call 0.1 good). */
export async function expectNoShift(page: Page): Promise<void> {
  const shift = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let sum = 0;
        const observer = new PerformanceObserver((list) => {
          for (const entry of list.getEntries() as (PerformanceEntry & {
            value: number;
            hadRecentInput: boolean;
          })[]) {
            if (!entry.hadRecentInput) sum += entry.value;
          }
        });
        observer.observe({ type: 'layout-shift', buffered: true });
        // Buffered entries arrive in a task of their own.
        setTimeout(() => resolve(sum), 50);
      }),
  );
  expect(shift, page.url()).toBeLessThan(0.05);
}

/** The pictures that the README and the guides show; `ATLAS_SCREENSHOTS=1` renews them. */
const shown = new Set([
  'sign-in',
  'home',
  'home-phone',
  'home-dark-pt',
  'members',
  'invitations',
  'role-limits',
  'roles-dark-pt',
  'activity',
  'activity-detail',
  'plan',
  'mfa-enrol',
  'security',
  'palette',
  'drawer-phone',
  'savings',
  'savings-phone',
  'savings-dark-pt',
  'saving-finding',
  'saving-apply',
  'saving-applied',
  'saving-actions',
  'saving-why-not',
]);

/** Saves a picture into docs/screenshots when ATLAS_SCREENSHOTS is `1` (those shown somewhere) or `all`. */
export async function screenshot(page: Page, name: string): Promise<void> {
  const wanted = process.env['ATLAS_SCREENSHOTS'];
  if (wanted !== 'all' && !(wanted === '1' && shown.has(name))) return;
  await mkdir(screenshots, { recursive: true });
  await page.mouse.move(0, 0);
  await page.screenshot({ path: join(screenshots, `${name}.png`) });
}

interface Mail {
  to: string;
  subject: string;
  text: string;
}

/** The newest mail to an address whose text matches, from the development mailbox; waits for it. */
export async function mailTo(address: string, pattern: RegExp): Promise<Mail> {
  return vi.waitFor(async () => {
    const answer = (await (await fetch(`${atlas.url}/dev/mail.json`)).json()) as { items: Mail[] };
    const mail = answer.items.find((item) => item.to.includes(address) && pattern.test(item.text));
    if (mail === undefined) throw new Error(`no mail to ${address} with ${pattern.source}`);
    return mail;
  }, patience);
}

/** Path with fragment of the link in a mail, for `page.goto`. */
export async function linkTo(address: string, path: string): Promise<string> {
  const pattern = new RegExp(`https?://\\S+?(${path}\\S*)`);
  const { text } = await mailTo(address, pattern);
  return pattern.exec(text)?.[1] ?? '';
}

/** Signs in through the page with the English texts. */
export async function signIn(page: Page, email: string, password: string): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** Cookies of the demo sign-in, kept by this test file: the server counts sign-ins per account. */
let demoState: Awaited<ReturnType<BrowserContext['storageState']>> | undefined;

/** A page signed in as the demo's owner, on the home page of its first workspace. */
export async function newDemoPage(browser: Browser, options: PageOptions = {}): Promise<Page> {
  const page = await newPage(browser, options);
  if (demoState === undefined) {
    await signIn(page, atlas.demo.email, atlas.demo.password);
    await page.waitForURL('**/o/aurora/w/**');
    demoState = await page.context().storageState();
  } else {
    await page.context().addCookies(demoState.cookies);
  }
  await page.goto('/o/aurora/w/production');
  await settled(page);
  return page;
}
