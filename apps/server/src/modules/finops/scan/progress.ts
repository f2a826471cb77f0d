import type { Clock } from '#platform/clock/clock.ts';
import type { Database, TenantTx } from '#platform/db/database.ts';
import type { FinopsTables } from '../tables.ts';
import type { ScanKey } from './staged.ts';

/** Progress is written at most this often: it is for people, and for finding dead scans. */
const everyMs = 1000;

/** Writes down how far an account's share of a scan is. */
export function createProgress(
  db: Database<FinopsTables>,
  clock: Clock,
  key: ScanKey,
  announce: (tx: TenantTx<FinopsTables>) => Promise<void>,
) {
  let written = Number.NEGATIVE_INFINITY;

  async function write(changes: {
    status?: 'metrics' | 'rules';
    done: number;
    total?: number;
  }): Promise<void> {
    written = clock.now().getTime();
    await db.inTenant(key, async (tx) => {
      await tx
        .updateTable('finops.scan_account')
        .set({ ...changes, updated_at: clock.now() })
        .where('scan_id', '=', key.scanId)
        .where('account_id', '=', key.accountId)
        .where('status', 'not in', ['done', 'failed'])
        .execute();
      await announce(tx);
    });
  }

  return {
    /** @returns false when there is nothing left to do: the scan is over or gone, or this share has ended */
    async begin(): Promise<boolean> {
      const row = await db.inTenant(key, (tx) =>
        tx
          .selectFrom('finops.scan_account as share')
          .innerJoin('finops.scan as scan', 'scan.id', 'share.scan_id')
          .select(['share.status', 'scan.status as scan_status'])
          .where('share.scan_id', '=', key.scanId)
          .where('share.account_id', '=', key.accountId)
          .executeTakeFirst(),
      );
      if (row?.scan_status !== 'running' || row.status === 'done' || row.status === 'failed') return false;
      await write({ status: 'metrics', done: 0, total: 0 });
      return true;
    },

    phase: (status: 'metrics' | 'rules', total: number): Promise<void> => write({ status, done: 0, total }),

    async moved(done: number): Promise<void> {
      if (clock.now().getTime() - written >= everyMs) await write({ done });
    },
  };
}
