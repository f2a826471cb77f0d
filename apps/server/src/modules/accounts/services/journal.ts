import type { AuditService } from '#modules/audit/index.ts';
import type { Platform } from '#platform/module.ts';
import { accountChanged } from '../events.ts';
import type { Row, Tx } from './rows.ts';
import type { Acting } from './types.ts';

/** What is told of a change: to other modules, and in the audit log. */
export function createJournal({ events }: Pick<Platform, 'events'>, audit: AuditService) {
  return {
    announce(tx: Tx, row: Row): Promise<string> {
      return events.publish(tx, accountChanged, {
        organizationId: row.organization_id,
        accountId: row.id,
        workspaceId: row.workspace_id,
        provider: row.provider,
        enabled: row.enabled,
      });
    },

    record(
      tx: Tx,
      row: Row,
      acting: Acting,
      action: string,
      details: Record<string, unknown> = {},
      outcome: 'success' | 'failure' = 'success',
    ) {
      return audit.record(tx, {
        organizationId: row.organization_id,
        action,
        outcome,
        ...acting,
        provider: row.provider,
        workspaceId: row.workspace_id,
        target: { type: 'cloud_account', id: row.id, label: row.name },
        details: { nativeId: row.native_id, ...details },
      });
    },
  };
}

export type Journal = ReturnType<typeof createJournal>;
