import type {
  RecommendationDetail,
  RecommendationPage,
  RecommendationQuery,
} from '@cloudatlas/contracts/finops';
import { sql, type RawBuilder } from 'kysely';
import type { z } from 'zod';
import type { AccountFacts, AccountsService } from '#modules/accounts/index.ts';
import type { CostsService } from '#modules/costs/index.ts';
import type { IdentityService } from '#modules/identity/index.ts';
import type { Clock } from '#platform/clock/clock.ts';
import type { Database } from '#platform/db/database.ts';
import { AppError, notFound } from '#platform/errors/app-error.ts';
import { isId } from '#platform/ids/ids.ts';
import { decodeCursor, toPage } from '#platform/paging/cursor.ts';
import { blockOf } from '../actions/blocked.ts';
import { featuresFor } from '../actions/plan.ts';
import { operationsOf, stepsOf } from '../actions/place.ts';
import { ruleById } from '../rules/catalogue.ts';
import type { WorkspaceRef } from '../scope-of.ts';
import type { FinopsTables } from '../tables.ts';
import { matching, type RecommendationFilters } from './filters.ts';
import { listed, moneyOf, presentRow, titleOf, type ListedRecommendation, type Names } from './present.ts';
import type { RecommendationRecord } from './transition.ts';
import { shownTo, withinPlan, type Viewer } from './viewer.ts';

/** One key to sort by with the id as the tie-break; null savings count as less than nothing. */
const sorts: Record<
  RecommendationQuery['sort'],
  { key: RawBuilder<string>; type: string; direction: 'asc' | 'desc' }
> = {
  '-saving': { key: sql`coalesce(recommendation.monthly_converted, -1)`, type: 'numeric', direction: 'desc' },
  saving: { key: sql`coalesce(recommendation.monthly_converted, -1)`, type: 'numeric', direction: 'asc' },
  '-seen': { key: sql`recommendation.first_seen_at`, type: 'timestamptz', direction: 'desc' },
  name: { key: sql`recommendation.name`, type: 'text', direction: 'asc' },
  // Of one priority the largest first, all in one number.
  priority: {
    key: sql`(array_position(array['high', 'medium', 'low'], recommendation.priority) * 1e12
        - least(coalesce(recommendation.monthly_converted, 0), 1e11))`,
    type: 'numeric',
    direction: 'asc',
  },
};

const maxRelated = 50;
const exportPage = 1000;

/** Reads recommendations as their viewer may see them. */
export function createRecommendations(
  clock: Clock,
  db: Database<FinopsTables>,
  needs: {
    accounts: Pick<AccountsService, 'listFacts' | 'factsOf'>;
    identity: Pick<IdentityService, 'describeUsers'>;
    costs: Pick<CostsService, 'money'>;
  },
) {
  const { accounts, identity, costs } = needs;

  async function namesFor(scope: WorkspaceRef, rows: readonly ListedRecommendation[]): Promise<Names> {
    const people = [...new Set(rows.flatMap((row) => row.assignee_id ?? []))];
    return {
      currency: await costs.money.currency(scope),
      accounts: new Map(
        (await accounts.listFacts(scope, scope.workspaceId)).map(({ id, name }) => [id, name]),
      ),
      people: new Map(
        people.length === 0 ? [] : (await identity.describeUsers(people)).map(({ id, name }) => [id, name]),
      ),
    };
  }

  function page(scope: WorkspaceRef, viewer: Viewer, query: RecommendationQuery) {
    const { sort, cursor, limit, ...filters } = query;
    const { key, type, direction } = sorts[sort];
    const after = cursor === undefined ? undefined : decodeCursor(cursor, 2);
    if (after !== undefined && !isId(after[1] ?? '')) throw badCursor();
    return db.inTenant(scope, async (tx) => {
      let select = listed(tx)
        .select(sql<string>`${key}::text`.as('sort_key'))
        .where((eb) => matching(eb as never, scope.workspaceId, filters, viewer))
        .where(withinPlan(scope.workspaceId, viewer))
        .orderBy(key, direction)
        .orderBy('recommendation.id', direction)
        .limit(limit + 1);
      if (after !== undefined) {
        const than = direction === 'asc' ? sql`>` : sql`<`;
        select = select.where(
          sql<boolean>`(${key}, recommendation.id) ${than} (${after[0]}::text::${sql.raw(type)}, ${after[1]}::uuid)`,
        );
      }
      return select.execute();
    });
  }

  return {
    namesFor,

    async list(
      scope: WorkspaceRef,
      viewer: Viewer,
      query: RecommendationQuery,
    ): Promise<z.input<typeof RecommendationPage>> {
      checkCursor(query);
      const rows = await page(scope, viewer, query);
      const { items, nextCursor } = toPage(rows, query.limit, (row) => [row.sort_key, row.id]);
      const { total, shown } = await count(scope, viewer, query);
      const names = await namesFor(scope, items);
      return { items: items.map((row) => presentRow(row, names)), nextCursor, total, hidden: total - shown };
    },

    /** Every row the viewer may see, in the order of the list, without keeping them all in memory. */
    async *all(
      scope: WorkspaceRef,
      viewer: Viewer,
      filters: RecommendationFilters,
    ): AsyncIterable<ListedRecommendation[]> {
      let cursor: string | undefined;
      do {
        const query = { ...filters, sort: '-saving' as const, limit: exportPage, cursor };
        const { items, nextCursor } = toPage(await page(scope, viewer, query), exportPage, (row) => [
          row.sort_key,
          row.id,
        ]);
        yield items;
        cursor = nextCursor ?? undefined;
      } while (cursor !== undefined);
    },

    /** @throws AppError `not_found`, or `plan_required` for one that the plan does not show */
    async get(
      scope: WorkspaceRef,
      viewer: Viewer,
      id: string,
    ): Promise<z.input<typeof RecommendationDetail>> {
      await this.requireShown(scope, viewer, id);
      const { row, related } = await db.inTenant(scope, async (tx) => {
        const found = await tx
          .selectFrom('finops.recommendation')
          .selectAll()
          .where('id', '=', id)
          .executeTakeFirst();
        if (found === undefined) throw notFound('The recommendation');
        return {
          row: found,
          related: await listed(tx)
            .where('recommendation.resource_id', '=', found.resource_id)
            .where('recommendation.id', '!=', id)
            .where('recommendation.status', '!=', 'expired')
            .where(withinPlan(scope.workspaceId, viewer))
            .orderBy(sql`coalesce(recommendation.monthly_converted, -1)`, 'desc')
            .limit(maxRelated)
            .execute(),
        };
      });
      const account = await accounts.factsOf(scope, row.account_id);
      const shown = { ...row, type: row.resource.type, action_kind: row.action?.kind ?? null };
      const { finding } = row;
      return {
        ...presentRow(shown, await namesFor(scope, [shown])),
        why: finding.why,
        remedy: ruleById(row.rule_id)?.remedy ?? titleOf(row.rule_id),
        current: [...finding.current],
        recommended: [...finding.recommended],
        evidence: [...finding.evidence],
        saving: {
          method: finding.method,
          explanation: finding.explanation,
          currentMonthly: moneyOf(row.cost_monthly, row.cost_currency),
        },
        blockedBy: await blockedBy(row, account, viewer),
        keptBecause: row.kept,
        dismissal:
          row.dismissal === null
            ? null
            : {
                reason: row.dismissal.reason,
                note: row.dismissal.note,
                by: row.dismissal.by,
                at: row.dismissal.at,
                until: row.dismissal.until,
              },
        related: related.map((other) => ({
          id: other.id,
          ruleId: other.rule_id,
          title: titleOf(other.rule_id),
          status: other.status,
        })),
      };
    },

    /** @throws AppError `not_found`, or `plan_required` when the plan does not show it */
    async requireShown(scope: WorkspaceRef, viewer: Viewer, id: string): Promise<void> {
      if (!isId(id)) throw notFound('The recommendation');
      const row = await db.inTenant(scope, (tx) =>
        tx
          .selectFrom('finops.recommendation as recommendation')
          .select(withinPlan(scope.workspaceId, viewer).as('shown'))
          .where('id', '=', id)
          .where('workspace_id', '=', scope.workspaceId)
          .executeTakeFirst(),
      );
      if (row === undefined) throw notFound('The recommendation');
      if (!row.shown)
        throw new AppError(
          'plan_required',
          `Your plan shows the ${shownTo(viewer)} largest recommendations.`,
          {
            meta: { feature: 'finops.all_recommendations', plan: viewer.plan },
          },
        );
    },
  };

  async function blockedBy(row: RecommendationRecord, account: AccountFacts, viewer: Viewer) {
    if (row.action === null) return blockOf(row, account, viewer, []);
    const operations = await operationsOf(row.provider);
    try {
      const features = featuresFor(stepsOf(row, operations, clock.now()), operations);
      return blockOf(row, account, viewer, features);
    } catch (error) {
      // The provider has no such operation (any more): what remains is advice.
      if (error instanceof AppError && error.code === 'conflict') return 'advice';
      throw error;
    }
  }

  async function count(scope: WorkspaceRef, viewer: Viewer, query: RecommendationQuery) {
    // A search must not tell what the plan hides.
    const searched = shownTo(viewer) !== null && (query.q !== undefined || query.resource !== undefined);
    const row = await db.inTenant(scope, (tx) =>
      tx
        .selectFrom('finops.recommendation as recommendation')
        .select((eb) => [
          eb.fn.countAll<string>().as('total'),
          sql<string>`count(*) filter (where ${withinPlan(scope.workspaceId, viewer)})`.as('shown'),
        ])
        .where((eb) => matching(eb as never, scope.workspaceId, query, viewer))
        .executeTakeFirstOrThrow(),
    );
    const shown = Number(row.shown);
    return { shown, total: searched ? shown : Number(row.total) };
  }
}

export type Recommendations = ReturnType<typeof createRecommendations>;

/** A forged cursor must be refused here and not by the database. */
function checkCursor({ cursor, sort }: RecommendationQuery): void {
  if (cursor === undefined) return;
  const [key = '', id = ''] = decodeCursor(cursor, 2);
  const { type } = sorts[sort];
  const fits =
    type === 'text' || (type === 'numeric' ? /^-?\d{1,40}(\.\d{1,40})?$/.test(key) : isInstant(key));
  if (!fits || !isId(id)) throw badCursor();
}

/** An instant as PostgreSQL prints it, e.g. `2026-06-01 08:00:00.123+00`. */
function isInstant(text: string): boolean {
  return (
    /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:\d\d)?$/.test(text) &&
    !Number.isNaN(Date.parse(text))
  );
}

function badCursor(): AppError {
  return new AppError('validation_failed', 'The cursor is not valid; start from the first page.', {
    errors: [{ path: 'query.cursor', code: 'invalid', message: 'is not a cursor of this list' }],
  });
}
