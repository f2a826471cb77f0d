import type { AuditService } from '#modules/audit/index.ts';
import type { Database } from '#platform/db/database.ts';
import { AppError } from '#platform/errors/app-error.ts';
import type { Acting, WorkspaceRef } from './types.ts';
import type { AccountsTables } from '../tables.ts';
import { problemIn } from './check.ts';

/** What somebody tries with credentials, as the audit log names it. */
export interface Attempt {
  action: 'account.checked' | 'account.connected' | 'account.credentials_rotated';
  provider: string;
  /** The account, as far as it is known. */
  target: { id?: string; label?: string };
  /** Without secrets. */
  details: Record<string, unknown>;
}

/**
 * Runs an attempt; what is refused is written into the audit log with the code of ours and the kind of the provider's
 * problem, never its text, which the provider chooses.
 */
export async function attempt<R>(
  { db, audit }: { db: Database<AccountsTables>; audit: AuditService },
  scope: WorkspaceRef,
  acting: Acting,
  tried: Attempt,
  work: () => Promise<R>,
): Promise<R> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AppError) {
      const problem = problemIn(error);
      const details = {
        ...tried.details,
        code: error.code,
        ...(problem === null ? {} : { problem: problem.kind }),
      };
      // In a transaction of its own: that of the refused change, if there was one, is rolled back.
      await db.inTenant(scope, (tx) =>
        audit.record(tx, {
          ...acting,
          organizationId: scope.organizationId,
          action: tried.action,
          outcome: 'failure',
          provider: tried.provider,
          workspaceId: scope.workspaceId,
          target: { type: 'cloud_account', ...tried.target },
          details,
        }),
      );
    }
    throw error;
  }
}
