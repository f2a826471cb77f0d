import { createHmac } from 'node:crypto';
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
  if (existing !== null) return credentials;
  const organizationId = await tenancy.createOrganization({
    ownerUserId: userId,
    name: 'Aurora Tecnologia',
    slug: demoOrganizationSlug,
    plan: 'enterprise',
  });
  await tenancy.createWorkspace(organizationId, { name: 'Production', slug: 'production' });
  await tenancy.createWorkspace(organizationId, { name: 'Development', slug: 'development' });
  return credentials;
}
