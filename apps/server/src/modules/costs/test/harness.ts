import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'vitest';
import {
  startTestApplication,
  type TestAnswer,
  type TestApplication,
  type TestBrowser,
} from '../../../../test/support/application.ts';

/** The API with a cost lake of its own and jobs running. */
export interface CostsHarness {
  atlas: TestApplication;
  /** Folder that holds lake and uploads. */
  home: string;
  /** A signed-in owner of a new organization with the workspace `main`. */
  tenant(slug: string, plan?: 'free' | 'pro' | 'enterprise'): Promise<CostsTenant>;
  close(): Promise<void>;
}

export interface CostsTenant {
  organizationId: string;
  workspaceId: string;
  email: string;
  browser: TestBrowser;
  /** Calls a path below …/costs. */
  call(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    body?: unknown,
  ): Promise<TestAnswer>;
  /** Uploads files as one import, starts it and waits for its end. */
  importFiles(
    files: { name: string; content: Buffer | string }[],
    options?: Record<string, unknown>,
    // oxlint-disable-next-line no-explicit-any -- tests look at answers of every shape
  ): Promise<any>;
  /** Sends bytes of a file without starting. */
  upload(importId: string, name: string, content: Buffer, query?: string): Promise<TestAnswer>;
  /** Waits until a job of this workspace has brought the condition about. */
  until<T>(look: () => Promise<T | undefined | false>): Promise<T>;
}

/** @param work whether this process works on jobs */
export async function startCosts(env: Record<string, string> = {}, work = true): Promise<CostsHarness> {
  const home = await mkdtemp(path.join(tmpdir(), 'atlas-costs-'));
  const atlas = await startTestApplication({ ATLAS_DATA_DIR: home, RATE_LIMITS: 'false', ...env });
  const { platform, services } = atlas.application;
  await platform.jobs.start({ work });
  return {
    atlas,
    home,
    async tenant(slug, plan = 'enterprise') {
      const email = `owner@${slug}.example`;
      const password = `a long password of ${slug} 7291`;
      const user = await services.identity.createVerifiedUser({ email, password, name: slug, locale: 'en' });
      const organizationId = await services.tenancy.createOrganization({
        ownerUserId: user.id,
        name: slug,
        slug,
        plan,
      });
      const workspaceId = await services.tenancy.createWorkspace(organizationId, {
        name: 'Main',
        slug: 'main',
      });
      const browser = atlas.browser();
      expect((await browser.post('/auth/sign-in', { email, password })).status).toBe(200);
      const base = `/orgs/${slug}/workspaces/main/costs`;
      const call: CostsTenant['call'] = (method, below, body) =>
        browser.call(method, `${base}${below}`, body);
      const until: CostsTenant['until'] = async (look) => {
        for (const deadline = Date.now() + 200_000; Date.now() < deadline;) {
          const found = await look();
          if (found !== undefined && found !== false) return found;
          await new Promise((resolve) => setTimeout(resolve, 50));
        }
        throw new Error('It did not come about within 200 seconds.');
      };
      const upload: CostsTenant['upload'] = async (importId, name, content, query = '') => {
        const response = await atlas.app.inject({
          method: 'PUT',
          url: `/api/v1${base}/imports/${importId}/files/${encodeURIComponent(name)}${query}`,
          headers: {
            'content-type': 'application/octet-stream',
            'x-atlas-csrf': '1',
            cookie: [...browser.cookies].map(([key, value]) => `${key}=${value}`).join('; '),
          },
          payload: content,
        });
        return { status: response.statusCode, body: response.json(), headers: response.headers };
      };
      return {
        organizationId,
        workspaceId,
        email,
        browser,
        call,
        until,
        upload,
        async importFiles(files, options = {}) {
          const created = await call('POST', '/imports', options);
          expect(created.status, JSON.stringify(created.body)).toBe(201);
          for (const { name, content } of files) {
            const sent = await upload(created.body.id, name, Buffer.from(content));
            expect(sent.status, JSON.stringify(sent.body)).toBe(200);
          }
          const started = await call('POST', `/imports/${created.body.id}/start`);
          expect(started.status, JSON.stringify(started.body)).toBe(202);
          return until(async () => {
            const { body } = await call('GET', `/imports/${created.body.id}`);
            return ['imported', 'duplicate', 'failed', 'cancelled'].includes(body.status) && body;
          });
        },
      };
    },
    async close() {
      await platform.jobs.stop({ drainMs: 10_000 });
      await atlas.close();
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** Waits until the roll-up has caught up with the store. */
export async function rolledUp(tenant: CostsTenant, harness: CostsHarness): Promise<void> {
  await harness.atlas.application.services.costs.rollUp(tenant);
}

/** A small FOCUS file: one line per row. */
export function focusCsv(
  rows: {
    day: string;
    service: string;
    cost: string;
    account?: string;
    accountName?: string;
    currency?: string;
    region?: string;
    team?: string;
    provider?: string;
  }[],
): string {
  const header =
    'BillingAccountId,BillingPeriodStart,BillingPeriodEnd,ChargePeriodStart,ChargePeriodEnd,BillingCurrency,BilledCost,EffectiveCost,ListCost,ContractedCost,ServiceName,ServiceCategory,ChargeCategory,ChargeDescription,ProviderName,RegionId,ResourceId,SubAccountId,SubAccountName,Tags';
  const next = (day: string): string => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
  const lines = rows.map((row) => {
    const month = row.day.slice(0, 7);
    const end = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 1))
      .toISOString()
      .slice(0, 10);
    const tags = row.team === undefined ? '' : `"{""team"":""${row.team}""}"`;
    const account = row.account ?? '111122223333';
    return [
      account,
      `${month}-01T00:00:00Z`,
      `${end}T00:00:00Z`,
      `${row.day}T00:00:00Z`,
      `${next(row.day)}T00:00:00Z`,
      row.currency ?? 'USD',
      row.cost,
      row.cost,
      row.cost,
      row.cost,
      row.service,
      'Compute',
      'Usage',
      'Use',
      row.provider ?? 'AWS',
      row.region ?? 'us-east-1',
      `arn:${row.service}`,
      account,
      row.accountName ?? '',
      tags,
    ].join(',');
  });
  return `${[header, ...lines].join('\n')}\n`;
}
