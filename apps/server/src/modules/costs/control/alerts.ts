import type {
  AlertPreferences,
  AlertQuery,
  CostAlert,
  ReadAlertsBody,
} from '@cloudatlas/contracts/cost-control';
import type { Selectable } from 'kysely';
import type { z } from 'zod';
import type { IdentityService } from '#modules/identity/index.ts';
import type { TenancyService } from '#modules/tenancy/index.ts';
import type { Database, TenantTx } from '#platform/db/database.ts';
import { invalidField } from '#platform/errors/app-error.ts';
import { isId, newId } from '#platform/ids/ids.ts';
import type { Platform } from '#platform/module.ts';
import { decodeCursor, toPage } from '#platform/paging/cursor.ts';
import { costAlertRaised } from '../events.ts';
import type { WorkspaceRef } from '../scope-of.ts';
import type { AlertTable, CostsTables } from '../tables.ts';
import { alertMail } from './mails.ts';

type Tx = TenantTx<CostsTables>;
export type NewAlert = Pick<
  CostAlert,
  'kind' | 'severity' | 'sourceId' | 'sourceName' | 'facts' | 'currency' | 'periodStart'
> & {
  /** Period and threshold: the same source never fires twice for it, but for `told`. */
  dedupeKey: string;
  /**
   * Whether an earlier alert of this key told this one's news: it does not when the threshold has been raised since beyond
   * what was reached then. Absent: any earlier alert did.
   */
  told?: (earlier: Pick<CostAlert, 'facts' | 'currency'>) => boolean;
};
interface Recipient {
  email: string;
  locale: string;
}

/** Alert events: raised once, mailed to those who want it, read by each person for themselves. */
export function createAlerts(
  platform: Pick<Platform, 'clock' | 'events' | 'mailer' | 'publicUrl'>,
  db: Database<CostsTables>,
  tenancy: TenancyService,
  identity: IdentityService,
) {
  const { clock, events, mailer } = platform;

  function withRead(tx: Tx, scope: WorkspaceRef, userId: string) {
    return tx
      .selectFrom('costs.alert as alert')
      .leftJoin('costs.alert_read as read', (join) =>
        join
          .onRef('read.organization_id', '=', 'alert.organization_id')
          .onRef('read.alert_id', '=', 'alert.id')
          .on('read.user_id', '=', userId),
      )
      .selectAll('alert')
      .select('read.read_at')
      .where('alert.workspace_id', '=', scope.workspaceId)
      .orderBy('alert.id', 'desc');
  }

  async function countUnread(tx: Tx, scope: WorkspaceRef, userId: string): Promise<number> {
    const { n } = await tx
      .selectFrom('costs.alert as alert')
      .leftJoin('costs.alert_read as read', (join) =>
        join
          .onRef('read.organization_id', '=', 'alert.organization_id')
          .onRef('read.alert_id', '=', 'alert.id')
          .on('read.user_id', '=', userId),
      )
      .select((eb) => eb.fn.countAll<string>().as('n'))
      .where('alert.workspace_id', '=', scope.workspaceId)
      .where('read.read_at', 'is', null)
      .executeTakeFirstOrThrow();
    return Number(n);
  }

  function announce(tx: Tx, scope: WorkspaceRef): Promise<void> {
    return events.live.publish(tx, {
      organizationId: scope.organizationId,
      topic: 'costs.alert',
      data: { workspaceId: scope.workspaceId },
    });
  }

  return {
    /** Who gets mails of a workspace's alerts; asked once per evaluation, outside of a transaction. */
    async recipients(scope: WorkspaceRef): Promise<Recipient[]> {
      const members = await tenancy.membersWith(scope.organizationId, 'alerts:read');
      const chosen = await db.inTenant(scope, (tx) =>
        tx
          .selectFrom('costs.alert_preference')
          .select(['user_id', 'mail'])
          .where('workspace_id', '=', scope.workspaceId)
          .execute(),
      );
      const preference = new Map(chosen.map((row) => [row.user_id, row.mail]));
      const wanted = members
        .filter(({ userId, role }) => preference.get(userId) ?? mailsByDefault(role))
        .map(({ userId }) => userId);
      const people = await identity.describeUsers(wanted);
      return Promise.all(
        people.map(async (person) => ({ email: person.email, locale: await identity.localeOf(person.id) })),
      );
    },

    /** Raises an alert unless it was raised before. @returns whether it is new */
    async raise(
      tx: Tx,
      scope: WorkspaceRef,
      alert: NewAlert,
      recipients: readonly Recipient[],
    ): Promise<boolean> {
      const earlier = await tx
        .selectFrom('costs.alert')
        .select(['facts', 'currency'])
        .where('source_id', '=', alert.sourceId)
        .where((eb) =>
          eb.or([
            eb('dedupe_key', '=', alert.dedupeKey),
            eb('dedupe_key', 'like', `${alert.dedupeKey} again %`),
          ]),
        )
        .execute();
      if (earlier.some((one) => alert.told?.(one) ?? true)) return false;
      const again = earlier.length === 0 ? '' : ` again ${earlier.length}`;
      const row = await tx
        .insertInto('costs.alert')
        .values({
          organization_id: scope.organizationId,
          id: newId(),
          workspace_id: scope.workspaceId,
          kind: alert.kind,
          severity: alert.severity,
          source_id: alert.sourceId,
          source_name: alert.sourceName,
          facts: JSON.stringify(alert.facts),
          currency: alert.currency,
          period_start: alert.periodStart,
          dedupe_key: `${alert.dedupeKey}${again}`,
          created_at: clock.now(),
        })
        .onConflict((conflict) => conflict.constraint('alert_once').doNothing())
        .returning('id')
        .executeTakeFirst();
      if (row === undefined) return false;
      await events.publish(tx, costAlertRaised, {
        organizationId: scope.organizationId,
        workspaceId: scope.workspaceId,
        alertId: row.id,
        kind: alert.kind,
        severity: alert.severity,
        sourceId: alert.sourceId,
        sourceName: alert.sourceName,
        currency: alert.currency,
        facts: alert.facts,
      });
      for (const { email, locale } of recipients)
        await mailer.send(tx, { to: email, ...alertMail(locale, alert, platform.publicUrl) });
      await announce(tx, scope);
      return true;
    },

    async list(scope: WorkspaceRef, userId: string, query: z.output<typeof AlertQuery>) {
      const rows = await db.inTenant(scope, (tx) => {
        let select = withRead(tx, scope, userId).limit(query.limit + 1);
        if (query.kind !== undefined) select = select.where('alert.kind', '=', query.kind);
        if (query.unread) select = select.where('read.read_at', 'is', null);
        if (query.cursor !== undefined) {
          const [before = ''] = decodeCursor(query.cursor, 1);
          if (!isId(before)) throw invalidField('query.cursor', 'is not a cursor of this list');
          select = select.where('alert.id', '<', before);
        }
        return select.execute();
      });
      const { items, nextCursor } = toPage(rows, query.limit, (row) => [row.id]);
      return { items: items.map(present), nextCursor };
    },

    async unread(scope: WorkspaceRef, userId: string) {
      return db.inTenant(scope, async (tx) => {
        const latest = await withRead(tx, scope, userId).limit(5).execute();
        return { unread: await countUnread(tx, scope, userId), latest: latest.map(present) };
      });
    },

    async markRead(scope: WorkspaceRef, userId: string, body: z.output<typeof ReadAlertsBody>) {
      await db.inTenant(scope, async (tx) => {
        let select = tx.selectFrom('costs.alert').select('id').where('workspace_id', '=', scope.workspaceId);
        if ('ids' in body) select = select.where('id', 'in', body.ids);
        const rows = await select.execute();
        for (let start = 0; start < rows.length; start += 5000) {
          await tx
            .insertInto('costs.alert_read')
            .values(
              rows.slice(start, start + 5000).map(({ id }) => ({
                organization_id: scope.organizationId,
                alert_id: id,
                user_id: userId,
                read_at: clock.now(),
              })),
            )
            .onConflict((conflict) =>
              conflict.columns(['organization_id', 'alert_id', 'user_id']).doNothing(),
            )
            .execute();
        }
        await announce(tx, scope);
      });
      return this.unread(scope, userId);
    },

    async preferences(
      scope: WorkspaceRef,
      userId: string,
      role: string,
    ): Promise<z.output<typeof AlertPreferences>> {
      const row = await db.inTenant(scope, (tx) =>
        tx
          .selectFrom('costs.alert_preference')
          .select('mail')
          .where('workspace_id', '=', scope.workspaceId)
          .where('user_id', '=', userId)
          .executeTakeFirst(),
      );
      return { mail: row?.mail ?? mailsByDefault(role) };
    },

    async putPreferences(scope: WorkspaceRef, userId: string, { mail }: z.output<typeof AlertPreferences>) {
      await db.inTenant(scope, (tx) =>
        tx
          .insertInto('costs.alert_preference')
          .values({
            organization_id: scope.organizationId,
            workspace_id: scope.workspaceId,
            user_id: userId,
            mail,
          })
          .onConflict((conflict) =>
            conflict.columns(['organization_id', 'workspace_id', 'user_id']).doUpdateSet({ mail }),
          )
          .execute(),
      );
      return { mail };
    },
  };
}

export type Alerts = ReturnType<typeof createAlerts>;

/** Those who answer for the money hear of it from the start. */
function mailsByDefault(role: string): boolean {
  return role === 'owner' || role === 'billing';
}

function present(row: Selectable<AlertTable> & { read_at: Date | null }): CostAlert {
  return {
    id: row.id,
    kind: row.kind,
    severity: row.severity,
    sourceId: row.source_id,
    sourceName: row.source_name,
    facts: row.facts,
    currency: row.currency,
    periodStart: row.period_start,
    read: row.read_at !== null,
    createdAt: row.created_at.toISOString(),
  };
}
