import type { AllocationBody, AllocationResult, AllocationRules } from '@cloudatlas/contracts/cost-control';
import type { CostDimension } from '@cloudatlas/contracts/costs';
import type { z } from 'zod';
import type { AuditService } from '#modules/audit/index.ts';
import { csvLine } from '#platform/csv/csv.ts';
import type { Database } from '#platform/db/database.ts';
import { AppError, invalidField } from '#platform/errors/app-error.ts';
import type { Download } from '#platform/http/route.ts';
import type { Platform } from '#platform/module.ts';
import { showback, type CostItem } from '../allocation/showback.ts';
import type { Acting } from '../imports/imports.ts';
import { ask } from '../query/ask.ts';
import { sumDecimals } from '../lake/money.ts';
import { daysOf } from '../questions/period.ts';
import type { WorkspaceRef } from '../scope-of.ts';
import type { Data } from '../store/data.ts';
import { asked } from '../store/errors.ts';
import type { CostsTables } from '../tables.ts';

/** A question names at most this many dimensions: the owner's tag and those the rules look at. */
const maxDimensions = 3;
const maxGroups = 10_000;
const none: AllocationRules = { tagKey: 'team', assign: [], shared: [] };

/** Who causes which cost: by tag, with rules for untagged and shared cost. Owners always add up to the whole. */
export function createAllocation(
  platform: Pick<Platform, 'clock'>,
  db: Database<CostsTables>,
  data: Data,
  audit: AuditService,
) {
  async function rulesOf(scope: WorkspaceRef): Promise<AllocationRules> {
    const row = await db.inTenant(scope, (tx) =>
      tx
        .selectFrom('costs.allocation')
        .select('rules')
        .where('workspace_id', '=', scope.workspaceId)
        .executeTakeFirst(),
    );
    return row?.rules ?? none;
  }

  async function result(
    scope: WorkspaceRef,
    body: z.output<typeof AllocationBody>,
    signal: AbortSignal,
  ): Promise<AllocationResult> {
    const rules = body.rules ?? (await rulesOf(scope));
    const dimensions = dimensionsOf(rules);
    const { today } = await data.freshness(scope);
    const period = daysOf(body.period, today);
    const { store } = await data.lake.forPages();
    const rates =
      body.currency === undefined
        ? undefined
        : { target: body.currency, rates: await data.ratesInto(scope, body.currency) };
    const answer = await asked(() =>
      ask(
        store,
        data.manifest(scope),
        {
          ...period,
          grain: 'total',
          metric: body.metric,
          groupBy: dimensions,
          filters: body.filters,
          top: maxGroups,
          ...(rates === undefined ? {} : { currency: rates }),
        },
        { organizationId: scope.organizationId, signal },
      ),
    );
    const items: CostItem[] = [...answer.groups, ...answer.rest].map((group) => ({
      currency: group.currency,
      amount: group.total,
      attributes: Object.fromEntries(dimensions.map((dimension, i) => [dimension, group.keys[i] ?? null])),
    }));
    const owners = await asked(async () =>
      showback(items, { by: `tag:${rules.tagKey}`, assign: rules.assign, shared: rules.shared }),
    );
    const currencies = [...new Set(owners.map((owner) => owner.currency))];
    return {
      period,
      rules,
      items: owners,
      totals: currencies.map((currency) => ({
        currency,
        total: sumDecimals(owners.filter((owner) => owner.currency === currency).map((owner) => owner.total)),
      })),
    };
  }

  return {
    rulesOf,
    result,

    async put(scope: WorkspaceRef, acting: Acting, rules: AllocationRules): Promise<AllocationRules> {
      dimensionsOf(rules);
      // A rule that cannot be carried out is refused now and not when somebody looks.
      await asked(async () =>
        showback([], { by: `tag:${rules.tagKey}`, assign: rules.assign, shared: rules.shared }),
      );
      const values = { rules: JSON.stringify(rules), updated_at: platform.clock.now() };
      await db.inTenant(scope, async (tx) => {
        await tx
          .insertInto('costs.allocation')
          .values({ organization_id: scope.organizationId, workspace_id: scope.workspaceId, ...values })
          .onConflict((conflict) => conflict.columns(['organization_id', 'workspace_id']).doUpdateSet(values))
          .execute();
        await audit.record(tx, {
          organizationId: scope.organizationId,
          action: 'cost_allocation.changed',
          outcome: 'success',
          ...acting,
          workspaceId: scope.workspaceId,
          target: { type: 'cost_allocation', id: scope.workspaceId },
          details: { tagKey: rules.tagKey, assign: rules.assign.length, shared: rules.shared.length },
        });
      });
      return rules;
    },

    async exportCsv(
      scope: WorkspaceRef,
      body: z.output<typeof AllocationBody>,
      signal: AbortSignal,
    ): Promise<Download> {
      const found = await result(scope, body, signal);
      const lines = found.items.map(
        (item) =>
          csvLine([item.owner, item.currency]).trimEnd() +
          `,${item.direct},${item.assigned},${item.shared},${item.total}\r\n`,
      );
      const text = csvLine(['Owner', 'Currency', 'Direct', 'Assigned', 'Shared', 'Total']) + lines.join('');
      return {
        filename: `showback-${found.period.from}-${found.period.to}.csv`,
        body: (async function* () {
          yield text;
        })(),
      };
    },
  };
}

export type Allocation = ReturnType<typeof createAllocation>;

/** @throws AppError when the rules look at more dimensions than one question can group by */
function dimensionsOf(rules: AllocationRules): CostDimension[] {
  const matched = [...rules.assign, ...rules.shared].flatMap((rule) =>
    rule.match.map((match) => match.dimension),
  );
  const dimensions = [...new Set<CostDimension>([`tag:${rules.tagKey}`, ...matched])];
  if (dimensions.length > maxDimensions) {
    throw invalidField(
      'body',
      `The rules may look at ${maxDimensions - 1} dimensions beside the tag, not at ${dimensions.length - 1}: ${dimensions.slice(1).join(', ')}.`,
    );
  }
  return dimensions;
}

/** Reads a question that came as JSON text in an address. @throws AppError `validation_failed` */
export function fromQuery<S extends z.ZodType>(schema: S, text: string): z.output<S> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalidField('query.q', 'must be JSON');
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues
    .slice(0, 20)
    .map((issue) => ({ path: `query.q.${issue.path.join('.')}`, code: issue.code, message: issue.message }));
  throw new AppError('validation_failed', 'The question is not valid.', { errors });
}
