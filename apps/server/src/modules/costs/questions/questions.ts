import type {
  CostAnswer,
  CostGroup,
  CostOverview,
  CostQuestion,
  DimensionValuesBody,
  LineItemPage,
  LineItemsBody,
} from '@cloudatlas/contracts/costs';
import type { z } from 'zod';
import type { AccountsService } from '#modules/accounts/index.ts';
import type { Database } from '#platform/db/database.ts';
import { invalidField } from '#platform/errors/app-error.ts';
import { addDays, daysBetween, type Period } from '../query/question.ts';
import { ask, type CostGroup as EngineGroup } from '../query/ask.ts';
import { lineItems } from '../query/lineItems.ts';
import { resourceCosts, type ResourceCost, type ResourceCostsQuery } from '../query/resourceCosts.ts';
import type { WorkspaceRef } from '../scope-of.ts';
import type { Data } from '../store/data.ts';
import { asked } from '../store/errors.ts';
import type { CostsTables } from '../tables.ts';
import { daysOf } from './period.ts';

const maxTagKeys = 200;
/** Groups times buckets of one answer: more would keep a page, and the process that answers it, busy for long. */
const maxCells = 2_000_000;
/** A filter's search looks through at most so many values. */
const maxSearched = 10_000;

export type Labels = (dimension: string, key: string | null) => string | null;

/** Answers what pages, exports and other modules ask about costs. */
export function createQuestions(db: Database<CostsTables>, data: Data, accounts: AccountsService) {
  /** Names of accounts: as connected, else as the bill has them. */
  async function labels(scope: WorkspaceRef): Promise<Labels> {
    const billed = await db.inTenant(scope, (tx) =>
      tx
        .selectFrom('costs.daily')
        .select('account_id')
        .select((eb) => eb.fn.max('account_name').as('name'))
        .where('workspace_id', '=', scope.workspaceId)
        .groupBy('account_id')
        .execute(),
    );
    const names = new Map(billed.filter((row) => row.name !== '').map((row) => [row.account_id, row.name]));
    for (const account of await accounts.listFacts(scope, scope.workspaceId))
      names.set(account.nativeId, account.name);
    return (dimension, key) =>
      key !== null && (dimension === 'account' || dimension === 'billingAccount')
        ? (names.get(key) ?? key)
        : key;
  }

  async function answer(
    scope: WorkspaceRef,
    question: CostQuestion,
    signal: AbortSignal,
  ): Promise<CostAnswer> {
    const fresh = await data.freshness(scope);
    const period = daysOf(question.period, fresh.today);
    checkSize(question, period);
    const { store } = await data.lake.forPages();
    const rates =
      question.currency === undefined
        ? undefined
        : { target: question.currency, rates: await data.ratesInto(scope, question.currency) };
    const found = await asked(() =>
      ask(
        store,
        data.manifest(scope),
        {
          ...period,
          grain: question.grain,
          metric: question.metric,
          groupBy: question.groupBy,
          filters: question.filters,
          top: question.top,
          ...(question.compare === undefined ? {} : { compare: question.compare }),
          ...(question.compare === 'previous' && fresh.completeThrough !== null
            ? { incompleteFrom: addDays(fresh.completeThrough, 1) }
            : {}),
          ...(rates === undefined ? {} : { currency: rates }),
        },
        { organizationId: scope.organizationId, signal },
      ),
    );
    const labelOf = await labels(scope);
    const present = (group: EngineGroup): CostGroup => ({
      keys: group.keys,
      labels: group.keys.map((key, i) => labelOf(question.groupBy[i] ?? '', key)),
      currency: group.currency,
      total: group.total,
      previous: group.previous ?? null,
      comparable: group.comparable ?? null,
      series: group.series,
    });
    return {
      period,
      compare: found.compare ?? null,
      grain: question.grain,
      metric: question.metric,
      groupBy: question.groupBy,
      groups: found.groups.map(present),
      rest: found.rest.map(present),
      totals: found.totals.map(present),
      dataThrough: fresh.dataThrough,
      completeThrough: fresh.completeThrough,
    };
  }

  return {
    answer,
    labels,

    async lineItems(
      scope: WorkspaceRef,
      body: z.output<typeof LineItemsBody>,
      signal: AbortSignal,
    ): Promise<LineItemPage> {
      const { today } = await data.freshness(scope);
      const { store } = await data.lake.forPages();
      const { period, ...rest } = body;
      const found = await asked(() =>
        lineItems(
          store,
          data.manifest(scope),
          { ...rest, ...daysOf(period, today) },
          { organizationId: scope.organizationId, signal },
        ),
      );
      const next = body.offset + found.rows.length;
      const present = found.rows.map((row) =>
        Object.entries(row).map(([name, value]) => [name, shownText(value)] as const),
      );
      const used = new Set(
        present.flatMap((row) => row.filter(([, value]) => value !== null).map(([name]) => name)),
      );
      return {
        items: present.map((row) => Object.fromEntries(row.filter(([name]) => used.has(name)))),
        total: found.count,
        sums: found.totals,
        nextOffset: found.rows.length > 0 && next < found.count && next <= 100_000 ? next : null,
      };
    },

    /** Runs on the engine for background work, so that a large answer delays no page. */
    async resourceCosts(
      scope: WorkspaceRef,
      query: ResourceCostsQuery,
      signal?: AbortSignal,
    ): Promise<ResourceCost[]> {
      const { store } = await data.lake.forWork();
      return asked(() =>
        resourceCosts(store, data.manifest(scope), query, {
          organizationId: scope.organizationId,
          ...(signal === undefined ? {} : { signal }),
        }),
      );
    },

    async values(scope: WorkspaceRef, body: z.output<typeof DimensionValuesBody>, signal: AbortSignal) {
      const words = body.q?.toLowerCase() ?? '';
      const found = await answer(
        scope,
        {
          period: body.period,
          grain: 'total',
          metric: 'billed',
          groupBy: [body.dimension],
          filters: body.filters,
          top: words === '' ? body.limit : 1000,
        },
        signal,
      );
      return {
        items: found.groups
          .slice(0, maxSearched)
          .map((group) => ({
            value: group.keys[0] ?? null,
            label: group.labels[0] ?? null,
            currency: group.currency,
            amount: group.total,
          }))
          .filter(
            (item) => words === '' || `${item.value ?? ''} ${item.label ?? ''}`.toLowerCase().includes(words),
          )
          .slice(0, body.limit),
      };
    },

    async overview(scope: WorkspaceRef): Promise<CostOverview> {
      const fresh = await data.freshness(scope);
      const labelOf = await labels(scope);
      return db.inTenant(scope, async (tx) => {
        const distinct = async (column: 'currency' | 'provider' | 'account_id'): Promise<string[]> => {
          const rows = await tx
            .selectFrom('costs.daily')
            .select(column)
            .distinct()
            .where('workspace_id', '=', scope.workspaceId)
            .where(column, '!=', '')
            .orderBy(column)
            .limit(1000)
            .execute();
          return rows.map((row) => row[column]);
        };
        const { items } = await tx
          .selectFrom('costs.daily')
          .select((eb) => eb.fn.sum<string | null>('line_items').as('items'))
          .where('workspace_id', '=', scope.workspaceId)
          .executeTakeFirstOrThrow();
        const keys = await tx
          .selectFrom('costs.tag_key')
          .select('key')
          .where('workspace_id', '=', scope.workspaceId)
          .groupBy('key')
          .orderBy((eb) => eb.fn.sum('weight'), 'desc')
          .orderBy('key')
          .limit(maxTagKeys)
          .execute();
        return {
          firstDay: fresh.firstDay,
          dataThrough: fresh.dataThrough,
          completeThrough: fresh.completeThrough,
          currencies: await distinct('currency'),
          providers: await distinct('provider'),
          accounts: (await distinct('account_id')).map((id) => ({ id, label: labelOf('account', id) ?? id })),
          lineItems: Number(items ?? 0),
          tagKeys: keys.map((row) => row.key),
        };
      });
    },
  };
}

export type Questions = ReturnType<typeof createQuestions>;

/**
 * Amounts are converted day by day, whatever the grain.
 *
 * @throws AppError `validation_failed` when the answer could be too large
 */
function checkSize({ groupBy, top, grain, currency }: CostQuestion, period: Period): void {
  if (groupBy.length === 0) return;
  const days = daysBetween(period.from, period.to);
  const perBucket = currency !== undefined || grain === 'day' ? 1 : grain === 'week' ? 7 : 28;
  const buckets = grain === 'total' && currency === undefined ? 1 : Math.ceil(days / perBucket);
  if (buckets * top > maxCells)
    throw invalidField(
      'body.top',
      `makes more than ${maxCells} amounts of ${days} days; ask for fewer groups, a shorter period or a coarser grain`,
    );
}

/** A value of a line item as text; tags and other structures as JSON. */
function shownText(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
