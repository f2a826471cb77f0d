import type { AnyTenantTx } from '#platform/db/database.ts';
import { AppError } from '#platform/errors/app-error.ts';

/** What is about to be deleted: an organization, one workspace of it, or one cloud account. */
export interface Within {
  organizationId: string;
  workspaceId?: string;
  accountId?: string;
}

/** Work at a provider that a deletion would cut off half way. */
export interface UnderWay {
  /** Plain sentence: what is under way, on what, and how it ends. */
  text: string;
}

/**
 * Port: a module that works at providers says what of it is under way. Runs in the deletion's transaction, which may
 * be one of the system: it must ask for the organization itself.
 * @returns the first few, oldest first
 */
export interface DeletionGuard {
  underWay(tx: AnyTenantTx, within: Within): Promise<readonly UnderWay[]>;
}

/** How many a guard names. */
export const namedUnderWay = 3;

export function createDeletionGuards() {
  const guards: DeletionGuard[] = [];
  return {
    add(guard: DeletionGuard): void {
      guards.push(guard);
    },
    /**
     * Refuses to delete what is being worked on: the provider would be left half way, with nobody to know.
     * @throws AppError `conflict`, whose detail says what is under way and how it ends
     */
    async requireIdle(tx: AnyTenantTx, within: Within): Promise<void> {
      const found: UnderWay[] = [];
      for (const guard of guards) found.push(...(await guard.underWay(tx, within)));
      if (found.length === 0) return;
      throw new AppError(
        'conflict',
        `Work at the provider is under way. ${found.map(({ text }) => text).join(' ')}`,
      );
    },
  };
}

export type DeletionGuards = ReturnType<typeof createDeletionGuards>;
