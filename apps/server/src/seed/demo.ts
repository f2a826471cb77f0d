import { createHash, createHmac } from 'node:crypto';
import { Feature } from '@cloudatlas/cloud/permissions';
import { permissionsOf } from '@cloudatlas/contracts/permissions';
import { SchedulePairBody } from '@cloudatlas/contracts/schedules';
import { z } from 'zod';
import type { Application } from '../bootstrap.ts';
import { AppError, messageOf } from '../platform/errors/app-error.ts';

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
export async function seedDemo(
  application: Application,
  credentials: DemoCredentials,
): Promise<DemoCredentials> {
  // Several processes may start at once on an empty database. A lock of the session: a kill frees it.
  const client = await application.database.pool.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [seedLock]);
    return await seedAlone(application, credentials);
  } finally {
    // Closed instead of given back: with the session the lock ends, whatever state it is in.
    client.release(true);
  }
}

/** Arbitrary but fixed: one process seeds at a time. */
const seedLock = 4_700_471_003;

async function seedAlone(application: Application, credentials: DemoCredentials): Promise<DemoCredentials> {
  const { identity, tenancy } = application.services;
  const known = await identity.findUserByEmail(credentials.email);
  const userId =
    known?.id ??
    (
      await identity.createVerifiedUser({
        email: credentials.email,
        password: credentials.password,
        name: 'Demo Aurora',
        locale: 'en',
      })
    ).id;
  if (known !== null) await identity.ensurePassword(userId, credentials.password);
  const organizationId =
    (await demoOrganizationOf(application, userId, credentials.email)) ??
    (await foundDemo(application, userId, credentials.email));
  for (const [slug, name] of demoWorkspaces) {
    if ((await tenancy.workspaceId(organizationId, slug)) === null)
      await tenancy.createWorkspace(organizationId, { name, slug });
  }
  await connectDemoAccounts(application, organizationId);
  await addDemoSchedules(application, organizationId, userId);
  return credentials;
}

const demoWorkspaces = [
  [demoWorkspaceSlug, 'Production'],
  ['development', 'Development'],
] as const;

/**
 * Addresses the demo may have. The second is for another demo e-mail than the first start's, and for an installation
 * where somebody has taken the first: the demo never joins an organization that is not its own.
 */
function demoSlugs(email: string): string[] {
  return [
    demoOrganizationSlug,
    `${demoOrganizationSlug}-${createHash('sha256').update(email).digest('hex').slice(0, 8)}`,
  ];
}

async function demoOrganizationOf(
  { services }: Application,
  userId: string,
  email: string,
): Promise<string | null> {
  for (const slug of demoSlugs(email)) {
    const found = await services.tenancy.organizationFor(userId, slug);
    if (found !== null) return found.organizationId;
  }
  return null;
}

async function foundDemo({ services }: Application, ownerUserId: string, email: string): Promise<string> {
  for (const slug of demoSlugs(email)) {
    try {
      return await services.tenancy.createOrganization({
        ownerUserId,
        name: 'Aurora Tecnologia',
        slug,
        plan: 'enterprise',
      });
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'slug_taken') throw error;
    }
  }
  throw new Error(`The demo organization has no free address: ${demoSlugs(email).join(', ')}.`);
}

/** Cloud accounts of the demo, given by whoever starts the bundled clouds. */
const DemoAccounts = z.array(
  z.object({
    provider: z.string(),
    name: z.string(),
    endpoint: z.string(),
    credentials: z.object({ method: z.string(), values: z.record(z.string(), z.string()) }),
    /** Where its cost exports are delivered, or `query` for the provider's cost service. */
    costs: z
      .union([
        z.object({ container: z.string(), region: z.string(), prefix: z.string() }),
        z.literal('query'),
      ])
      .optional(),
  }),
);

/** Connects what is not connected yet to the first workspace. A cloud that does not answer is left for the next start. */
async function connectDemoAccounts(
  { platform, services }: Application,
  organizationId: string,
): Promise<void> {
  const given = DemoAccounts.parse(JSON.parse(platform.env.ATLAS_DEMO_ACCOUNTS || '[]'));
  const workspaceId = await services.tenancy.workspaceId(organizationId, demoWorkspaceSlug);
  if (workspaceId === null) return;
  const known = new Set(
    (await services.accounts.listFacts({ organizationId }, workspaceId)).map((account) => account.name),
  );
  for (const account of given.filter(({ name }) => !known.has(name))) {
    const actor = { kind: 'system', id: null, label: 'CloudAtlas' } as const;
    const signal = AbortSignal.timeout(60_000);
    try {
      const { costs, ...input } = account;
      const scope = { organizationId, workspaceId };
      const connected = await services.accounts.connectAccount(
        scope,
        { actor },
        { ...input, features: [...Feature.options], signal },
      );
      if (costs !== undefined)
        await services.costs.configureSource(
          scope,
          { actor },
          connected.id,
          costs === 'query' ? { mode: 'query' } : { mode: 'export', location: costs },
        );
    } catch (error) {
      platform.log.warn({ err: error, account: account.name }, 'a demo account could not be connected');
    }
  }
}

const everyWeekday = { kind: 'weekdays' } as const;

/** What people begin with: non-production by its tag, and one that waits to be switched on. */
const demoSchedules = [
  {
    name: 'Staging by day',
    targets: { resourceIds: [], tags: [{ key: 'env', value: 'staging' }] },
    start: { recurrence: everyWeekday, time: '08:00' },
    stop: { recurrence: everyWeekday, time: '20:00' },
    timeZone: 'America/Sao_Paulo',
    holidays: ['BR'],
  },
  {
    name: 'Sandboxes, mornings only',
    enabled: false,
    targets: { resourceIds: [], tags: [{ key: 'env', value: 'sandbox' }] },
    start: { recurrence: everyWeekday, time: '09:00' },
    stop: { recurrence: everyWeekday, time: '13:00' },
    timeZone: 'America/Sao_Paulo',
  },
].map((pair) => SchedulePairBody.parse(pair));

/** Adds the schedules that are not there, in the demo user's name. Without clouds there is nothing to switch. */
async function addDemoSchedules(
  { platform, database, services }: Application,
  organizationId: string,
  userId: string,
): Promise<void> {
  const workspaceId = await services.tenancy.workspaceId(organizationId, demoWorkspaceSlug);
  if (workspaceId === null) return;
  const scope = { organizationId, workspaceId };
  if ((await services.accounts.listFacts(scope, workspaceId)).length === 0) return;
  const saver = {
    actor: { kind: 'user', id: userId, label: 'Demo Aurora' },
    userId,
    permissions: new Set(permissionsOf('owner')),
  } as const;
  for (const pair of demoSchedules) {
    try {
      await database.inTenant(scope, (tx) => services.schedules.createPair(tx, scope, saver, pair));
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      // There already, or the demo was put on a plan without schedules.
      if (error.code !== 'already_exists')
        platform.log.warn({ reason: messageOf(error), schedule: pair.name }, 'no schedule for the demo');
    }
  }
}
