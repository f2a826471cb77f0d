import { z } from 'zod';
import type { AuditService } from '#modules/audit/index.ts';
import { userDeleted } from '#modules/identity/index.ts';
import { ownTables, type AnyTenantTx, type SystemTx } from '#platform/db/database.ts';
import { defineSubscriber } from '#platform/events/events.ts';
import type { RateLimits } from '#platform/http/rate-limits.ts';
import { defineJob } from '#platform/jobs/jobs.ts';
import { defineModule } from '#platform/module.ts';
import { membershipEnded } from './events.ts';
import type { ApiKeyEnder, PeopleDirectory } from './index.ts';
import { memberRoutes } from './routes/members.ts';
import { organizationRoutes } from './routes/organizations.ts';
import { workspaceRoutes } from './routes/workspaces.ts';
import { createTenancyService, type TenancyService } from './service.ts';
import { createInvitations } from './services/invitations.ts';
import { createMembers } from './services/members.ts';
import { createOrganizations } from './services/organizations.ts';
import { createPlans } from './services/plans.ts';
import { deleteDueOrganizations, organizationDeleted } from './services/deletion.ts';
import { createDeletionGuards } from './services/under-way.ts';
import { createWorkspaces } from './services/workspaces.ts';
import type { TenancyTables } from './tables.ts';

export interface TenancyNeeds {
  audit: AuditService;
  rateLimits: RateLimits;
  people: PeopleDirectory & ApiKeyEnder & { localeOf(userId: string): Promise<string> };
}

export const tenancyModule = defineModule<TenancyNeeds, TenancyService>({
  name: 'tenancy',
  migrations: new URL('./migrations/', import.meta.url),
  build(platform, { audit, people, rateLimits }) {
    const { clock } = platform;
    const db = platform.db.withTables<TenancyTables>();
    const organizations = createOrganizations(db, audit, clock);
    const plans = createPlans(db, clock);
    const guards = createDeletionGuards();
    const invitations = createInvitations(
      platform,
      db,
      audit,
      (userId) => people.localeOf(userId),
      rateLimits,
    );
    return {
      service: createTenancyService(
        db,
        audit,
        clock,
        organizations,
        (counter) => plans.addCounter(counter),
        guards,
      ),
      routes: [
        ...organizationRoutes(organizations, plans, clock),
        ...workspaceRoutes(createWorkspaces(db, audit, clock, guards)),
        ...memberRoutes(createMembers(platform, db, audit, people), invitations),
      ],
      subscribers: [
        defineSubscriber({
          name: 'tenancy.forget_user',
          event: userDeleted,
          handler: async ({ payload }, tx) => {
            await ownTables<TenancyTables>(tx as AnyTenantTx)
              .deleteFrom('tenancy.member')
              .where('user_id', '=', payload.userId)
              .execute();
          },
        }),
        defineSubscriber({
          name: 'tenancy.end_api_keys',
          event: membershipEnded,
          handler: ({ payload, organizationId }) =>
            organizationId === null
              ? Promise.resolve()
              : people.endApiKeys(payload.userId, organizationId, new Date(payload.endedAt)),
        }),
        defineSubscriber({
          name: 'tenancy.forget_workflows',
          event: organizationDeleted,
          handler: async ({ payload }, tx) => {
            // An event without an organization comes in a system transaction.
            await platform.workflows.forget(tx as SystemTx<unknown>, payload.deletedOrganizationId);
          },
        }),
        defineSubscriber({
          name: 'tenancy.shred_keys',
          event: organizationDeleted,
          // Destroying the data keys makes every copy of the organization's secrets unreadable, in backups too.
          handler: async ({ payload }) => {
            await platform.envelope.shred(payload.deletedOrganizationId);
          },
        }),
      ],
      jobs: [
        defineJob({
          name: 'tenancy.delete_due_organizations',
          schema: z.object({}),
          cron: { expression: '43 * * * *', payload: {} },
          handler: async (_payload, { log }) => {
            const deleted = await deleteDueOrganizations({ ...platform, log }, db, audit, guards);
            if (deleted > 0) log.info({ deleted }, 'organizations deleted after their grace period');
          },
        }),
      ],
    };
  },
});
