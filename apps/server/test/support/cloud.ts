import { Writable } from 'node:stream';
import pg from 'pg';
import { inject } from 'vitest';
import { Feature } from '../../../../packages/cloud/src/permissions.ts';
import {
  startSimulator,
  type Simulator,
  type SimulatorOptions,
} from '../../../../packages/simulator/src/server.ts';
import { createLogger } from '../../src/platform/log/log.ts';
import {
  startTestApplication,
  type TestAnswer,
  type TestApplication,
  type TestBrowser,
} from './application.ts';

export const allFeatures = [...Feature.options];

/** The product beside a simulated cloud, with one organization, its owner and a workspace. */
export interface CloudStage {
  atlas: TestApplication;
  simulator: Simulator;
  owner: TestBrowser;
  organizationId: string;
  /** Path of the workspace, e.g. `/orgs/aurora/workspaces/main`. */
  base: string;
  /** Everything the server logged, at level trace. */
  logged(): string;
  /** The database as the server's administrator: sees every row of every tenant. */
  sql: pg.Pool;
  /** Moves the product's clock, which otherwise follows the real one. */
  advance(milliseconds: number): void;
  close(): Promise<void>;
}

/** @param options.work whether jobs, workflows and events run; default true */
export async function startCloudStage(
  options: SimulatorOptions & { env?: Record<string, string>; work?: boolean } = {},
): Promise<CloudStage> {
  const { env = {}, work = true, ...simulated } = options;
  const simulator = await startSimulator({ scenario: 'empty', transitionScale: 0, ...simulated });
  let text = '';
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      text += chunk.toString('utf8');
      done();
    },
  });
  const atlas = await startTestApplication(
    {
      RATE_LIMITS: 'false',
      ACCOUNTS_ENDPOINTS: `simulator=${simulator.url},microsoft@azure=${simulator.microsoft.url},microsoft@m365=${simulator.microsoft.url},google@gcp=${simulator.google.url}`,
      ACCOUNTS_TRUSTED_PRINCIPAL: '111122223333',
      ...env,
    },
    createLogger('trace', sink),
  );
  const { platform } = atlas.application;
  let offset = 0;
  const ticking = setInterval(() => atlas.clock.set(new Date(Date.now() + offset)), 20);
  const { owner, organizationId, base } = await newTenant(atlas, 'aurora');
  // Row level security binds the owner of the tables too: only the server's administrator sees all of them.
  const all = new URL(inject('testPostgres').adminUrl);
  all.pathname = new URL(platform.config.DATABASE_URL).pathname;
  const sql = new pg.Pool({ connectionString: all.href, max: 2 });
  if (work) {
    await platform.jobs.start({ work: true });
    await platform.events.start({ relay: true });
  } else {
    // Sending only, as a process of role `api` does.
    await platform.jobs.start({ work: false });
  }
  return {
    atlas,
    simulator,
    owner,
    organizationId,
    base,
    sql,
    logged: () => text,
    advance(milliseconds) {
      offset += milliseconds;
      atlas.clock.set(new Date(Date.now() + offset));
    },
    async close() {
      clearInterval(ticking);
      if (work) {
        await platform.events.stop();
        await platform.jobs.stop({ drainMs: 2000 });
      }
      await sql.end();
      await atlas.close();
      await simulator.close();
    },
  };
}

/** An organization of its own with an owner who is signed in and a workspace `main`. */
export async function newTenant(
  atlas: TestApplication,
  slug: string,
  plan: 'free' | 'enterprise' = 'enterprise',
) {
  const { identity, tenancy } = atlas.application.services;
  const email = `owner@${slug}.example`;
  const password = `a long password of ${slug} 7291`;
  const user = await identity.createVerifiedUser({ email, password, name: slug, locale: 'en' });
  const organizationId = await tenancy.createOrganization({ ownerUserId: user.id, name: slug, slug, plan });
  const workspaceId = await tenancy.createWorkspace(organizationId, { name: 'Main', slug: 'main' });
  const owner = atlas.browser();
  await owner.post('/auth/sign-in', { email, password });
  return { owner, organizationId, workspaceId, base: `/orgs/${slug}/workspaces/main` };
}

/** A signed-in member of an organization. */
export async function newMember(
  atlas: TestApplication,
  organizationId: string,
  role: 'admin' | 'operator' | 'viewer' | 'billing',
): Promise<TestBrowser> {
  const { identity, tenancy } = atlas.application.services;
  const email = `${role}-${Math.random().toString(36).slice(2)}@example.com`;
  const password = 'a long password of a member 7291';
  const user = await identity.createVerifiedUser({ email, password, name: role, locale: 'en' });
  await tenancy.addMember(organizationId, user.id, role);
  const browser = atlas.browser();
  await browser.post('/auth/sign-in', { email, password });
  return browser;
}

/** The form values of one of the scenario's keys. */
export function keyOf(simulator: Simulator, label = 'admin', accountId?: string) {
  const key = simulator.control.report?.keys.find(
    (each) => each.label === label && (accountId === undefined || each.accountId === accountId),
  );
  if (key === undefined) throw new Error(`the scenario has no key ${label}`);
  return { accessKeyId: key.accessKeyId, secretAccessKey: key.secretAccessKey };
}

/** Connects the scenario's account with a key. */
export async function connectAccount(
  stage: CloudStage,
  more: { label?: string; name?: string; base?: string; browser?: TestBrowser; features?: Feature[] } = {},
): Promise<{ id: string; name: string }> {
  const answer = await (more.browser ?? stage.owner).post(`${more.base ?? stage.base}/accounts`, {
    provider: 'aws',
    endpoint: 'simulator',
    name: more.name ?? 'Cloud',
    credentials: { method: 'keys', values: keyOf(stage.simulator, more.label) },
    features: more.features ?? allFeatures,
  });
  if (answer.status !== 201) throw new Error(`connecting: ${JSON.stringify(answer.body)}`);
  return answer.body;
}

/** Asks again and again until the answer is as wanted. @throws with the last answer when it does not become so */
export async function eventually<T>(
  ask: () => Promise<T>,
  wanted: (value: T) => boolean,
  timeoutMs = 90_000,
): Promise<T> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const value = await ask();
    if (wanted(value)) return value;
    if (Date.now() > end)
      throw new Error(`not within ${timeoutMs} ms: ${JSON.stringify(value).slice(0, 2000)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Synchronises an account and waits for the end of the run. @returns the run with its scopes */
// oxlint-disable-next-line no-explicit-any -- an answer of the API
export async function synchronise(stage: CloudStage, accountId: string, timeoutMs = 100_000): Promise<any> {
  const started = await stage.owner.post(`${stage.base}/sync-runs`, { accountIds: [accountId] });
  if (started.status !== 202) throw new Error(JSON.stringify(started.body));
  return finished(stage, started.body.items[0].id, timeoutMs);
}

// oxlint-disable-next-line no-explicit-any -- an answer of the API
export async function finished(stage: CloudStage, runId: string, timeoutMs = 100_000): Promise<any> {
  const answer = await eventually(
    () => stage.owner.get(`${stage.base}/sync-runs/${runId}`),
    ({ body }) => body.status !== 'running',
    timeoutMs,
  );
  return answer.body;
}

/** Waits for the end of an order. */
// oxlint-disable-next-line no-explicit-any -- an answer of the API
export async function orderEnd(stage: CloudStage, orderId: string, timeoutMs = 100_000): Promise<any> {
  const answer: TestAnswer = await eventually(
    () => stage.owner.get(`${stage.base}/orders/${orderId}`),
    ({ body }) => !['pending', 'running'].includes(body.status),
    timeoutMs,
  );
  return answer.body;
}
