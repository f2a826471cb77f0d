import { defineEvent } from '#platform/events/events.ts';
import { z } from 'zod';
import type { AuditService } from '#modules/audit/index.ts';
import type { AnyTenantTx, Database } from '#platform/db/database.ts';
import { AppError } from '#platform/errors/app-error.ts';
import type { Platform } from '#platform/module.ts';
import type { TenancyTables } from '../tables.ts';
import type { DeletionGuards } from './under-way.ts';

/** An organization is gone for good; modules that keep things outside its tables (files) remove theirs. */
export const organizationDeleted = defineEvent({
  name: 'tenancy.organization_deleted',
  version: 1,
  schema: z.object({ deletedOrganizationId: z.guid(), slug: z.string() }),
});

/**
 * Deletes organizations whose grace period is over: rows go by foreign keys, what lies elsewhere (data keys, files)
 * by the event's subscribers, the audit log stays. One transaction each, so a kill leaves whole organizations. One with
 * work under way at a provider keeps until that has ended.
 * @returns how many were deleted
 */
export async function deleteDueOrganizations(
  platform: Pick<Platform, 'clock' | 'events' | 'log'>,
  db: Database<TenancyTables>,
  audit: AuditService,
  guards: Pick<DeletionGuards, 'requireIdle'>,
): Promise<number> {
  const due = await db.inSystem('find organizations to delete', (tx) =>
    tx
      .selectFrom('tenancy.organization')
      .select('organization_id')
      .where('deletion_scheduled_at', '<=', platform.clock.now())
      // Those that must wait come again and again: another hundred each time, so that they keep nobody waiting.
      .orderBy((eb) => eb.fn('random'))
      .limit(100)
      .execute(),
  );
  let deleted = 0;
  for (const { organization_id: organizationId } of due) {
    // One that cannot be deleted, because it is too large for one transaction or locked, must not keep the others.
    const gone = await remove(organizationId).catch((error: unknown) => {
      if (error instanceof AppError) {
        platform.log.info({ organizationId, reason: error.message }, 'an organization is not deleted yet');
        return false;
      }
      platform.log.error(
        { err: error, organizationId },
        'an organization could not be deleted; tried again in an hour',
      );
      return false;
    });
    if (gone) deleted += 1;
  }
  return deleted;

  function remove(organizationId: string): Promise<boolean> {
    return db.inSystem('delete an organization', async (tx) => {
      await guards.requireIdle(tx as unknown as AnyTenantTx, { organizationId });
      const row = await tx
        .deleteFrom('tenancy.organization')
        .where('organization_id', '=', organizationId)
        // Asked again: an owner may have restored it since.
        .where('deletion_scheduled_at', '<=', platform.clock.now())
        .returning(['slug', 'name'])
        .executeTakeFirst();
      if (row === undefined) return false;
      await audit.record(tx, {
        organizationId,
        action: 'organization.deleted',
        outcome: 'success',
        actor: { kind: 'system', id: null, label: 'CloudAtlas' },
        target: { type: 'organization', id: organizationId, label: row.name },
      });
      await platform.events.publish(tx, organizationDeleted, {
        organizationId: null,
        deletedOrganizationId: organizationId,
        slug: row.slug,
      });
      return true;
    });
  }
}
