import { createHmac } from 'node:crypto';
import { Feature } from '@cloudatlas/cloud/permissions';
import { z } from 'zod';
import type { Application } from '../bootstrap.ts';

export interface DemoCredentials {
  email: string;
  password: string;
}

/** The demo sign-in: from the environment, else a password that is this installation's own. */
export function demoCredentials(env: NodeJS.ProcessEnv, secretKey: string): DemoCredentials {
  const own = createHmac('sha256', secretKey).update('demo sign-in').digest('hex');
  return {
    email: (env.ATLAS_DEMO_EMAIL ?? '').trim().toLowerCase() || 'demo@aurora.example',
    password: env.ATLAS_DEMO_PASSWORD || `aurora-${own.slice(0, 4)}-${own.slice(4, 8)}-${own.slice(8, 12)}`,
  };
}

export const demoOrganizationSlug = 'aurora';
const demoWorkspaceSlug = 'production';

/**
 * Makes sure the demo organization "Aurora Tecnologia" exists and that the given sign-in opens it. Safe to repeat
 * and to be killed at any point: each step looks first.
 * @returns the credentials, for the sign-in page and the launcher
 */
export async function seedDemo(application: Application, credentials: DemoCredentials): Promise<DemoCredentials> {
  const { identity, tenancy } = application.services;
  const known = await identity.findUserByEmail(credentials.email);
  const userId =
    known?.id ??
    (await identity.createVerifiedUser({ email: credentials.email, password: credentials.password, name: 'Demo Aurora', locale: 'en' })).id;
  if (known !== null) await identity.ensurePassword(userId, credentials.password);
  const existing = await tenancy.organizationFor(userId, demoOrganizationSlug);
  if (existing !== null) {
    await connectDemoAccounts(application, existing.organizationId);
    return credentials;
  }
  const organizationId = await tenancy.createOrganization({
    ownerUserId: userId,
    name: 'Aurora Tecnologia',
    slug: demoOrganizationSlug,
    plan: 'enterprise',
  });
  await tenancy.createWorkspace(organizationId, { name: 'Production', slug: demoWorkspaceSlug });
  await tenancy.createWorkspace(organizationId, { name: 'Development', slug: 'development' });
  await connectDemoAccounts(application, organizationId);
  return credentials;
}

/** Cloud accounts of the demo, given by whoever starts the bundled clouds. */
const DemoAccounts = z.array(
  z.object({
    provider: z.string(),
    name: z.string(),
    endpoint: z.string(),
    credentials: z.object({ method: z.string(), values: z.record(z.string(), z.string()) }),
  }),
);

/** Connects what is not connected yet to the first workspace. A cloud that does not answer is left for the next start. */
async function connectDemoAccounts({ platform, services }: Application, organizationId: string): Promise<void> {
  const given = DemoAccounts.parse(JSON.parse(platform.env.ATLAS_DEMO_ACCOUNTS || '[]'));
  const workspaceId = await services.tenancy.workspaceId(organizationId, demoWorkspaceSlug);
  if (workspaceId === null) return;
  const known = new Set((await services.accounts.listFacts({ organizationId }, workspaceId)).map((account) => account.name));
  for (const account of given.filter(({ name }) => !known.has(name))) {
    const actor = { kind: 'system', id: null, label: 'CloudAtlas' } as const;
    const signal = AbortSignal.timeout(60_000);
    try {
      await services.accounts.connectAccount({ organizationId, workspaceId }, { actor }, { ...account, features: [...Feature.options], signal });
    } catch (error) {
      platform.log.warn({ err: error, account: account.name }, 'a demo account could not be connected');
    }
  }
}
