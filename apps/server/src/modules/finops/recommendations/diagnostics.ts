import type { DiagnosticPage, DiagnosticQuery } from '@cloudatlas/contracts/finops';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { AccountsService } from '#modules/accounts/index.ts';
import type { Database } from '#platform/db/database.ts';
import { isId } from '#platform/ids/ids.ts';
import { decodeCursor, toPage } from '#platform/paging/cursor.ts';
import { invalidField } from '#platform/errors/app-error.ts';
import type { WorkspaceRef } from '../scope-of.ts';
import type { FinopsTables } from '../tables.ts';
import { titleOf } from './present.ts';

/** Answers "why is there nothing?": what the newest scan examined and why it skipped the rest. */
export function createDiagnostics(db: Database<FinopsTables>, accounts: Pick<AccountsService, 'listFacts'>) {
  return async function diagnostics(
    scope: WorkspaceRef,
    { rule, account, region, cursor, limit }: z.output<typeof DiagnosticQuery>,
  ): Promise<z.input<typeof DiagnosticPage>> {
    const names = new Map(
      (await accounts.listFacts(scope, scope.workspaceId)).map(({ id, name }) => [id, name]),
    );
    const rows = await db.inTenant(scope, (tx) => {
      let select = tx
        .selectFrom('finops.diagnostic')
        .selectAll()
        .where('workspace_id', '=', scope.workspaceId)
        .orderBy('rule_id')
        .orderBy('account_id')
        .orderBy('region')
        .limit(limit + 1);
      if (rule) select = select.where('rule_id', 'in', rule);
      if (account) select = select.where(sql<boolean>`account_id = any(${account.filter(isId)}::uuid[])`);
      if (region) select = select.where('region', 'in', region);
      if (cursor !== undefined) {
        const [afterRule = '', afterAccount = '', afterRegion = ''] = decodeCursor(cursor, 3);
        if (!isId(afterAccount)) throw invalidField('query.cursor', 'is not a cursor of this list');
        select = select.where(
          sql<boolean>`(rule_id, account_id, region) > (${afterRule}, ${afterAccount}::uuid, ${afterRegion})`,
        );
      }
      return select.execute();
    });
    const { items, nextCursor } = toPage(rows, limit, (row) => [row.rule_id, row.account_id, row.region]);
    return {
      items: items.map((row) => ({
        ruleId: row.rule_id,
        title: titleOf(row.rule_id),
        accountId: row.account_id,
        accountName: names.get(row.account_id) ?? '',
        region: row.region,
        examined: row.examined,
        found: row.found,
        clear: row.clear,
        skipped: row.skipped,
      })),
      nextCursor,
    };
  };
}
