import type { RuleBody, RuleView, SavingsSettings } from '@cloudatlas/contracts/finops';
import type { z } from 'zod';
import type { AuditActor, AuditService } from '#modules/audit/index.ts';
import type { Database, TenantScope, TenantTx } from '#platform/db/database.ts';
import { AppError, invalidField, notFound } from '#platform/errors/app-error.ts';
import type { Platform } from '#platform/module.ts';
import { ruleById, RULES } from '../rules/catalogue.ts';
import type { Rule } from '../rules/rule.ts';
import type { WorkspaceRef } from '../scope-of.ts';
import type { FinopsTables } from '../tables.ts';
import { parseExclusion } from './exclusion.ts';

type Tx = TenantTx<FinopsTables>;

/** Who changes something, for the audit log. */
export interface Acting {
  actor: AuditActor;
  ip?: string;
  requestId?: string;
}

/** A rule with what the organization set. */
export interface RuleInForce {
  rule: Rule;
  enabled: boolean;
  snoozedUntil: Date | null;
  /** Values by parameter, defaults filled in. */
  values: Readonly<Record<string, number>>;
}

export const defaultSettings: SavingsSettings = {
  excludeTags: [],
  minimumMonthly: '0',
  regions: [],
  scanEveryHours: 24,
};

/** Settings of an organization over all rules and of each. */
export function createSettings(
  platform: Pick<Platform, 'clock'>,
  db: Database<FinopsTables>,
  audit: AuditService,
) {
  const { clock } = platform;

  async function readSettings(tx: Tx): Promise<SavingsSettings> {
    const row = await tx.selectFrom('finops.settings').selectAll().executeTakeFirst();
    if (row === undefined) return defaultSettings;
    return {
      excludeTags: row.exclude_tags,
      // NUMERIC(14,4) prints four places.
      minimumMonthly: row.minimum_monthly.replace(/\.?0+$/, '') || '0',
      regions: row.regions,
      scanEveryHours: row.scan_every_hours,
    };
  }

  async function readRules(tx: Tx): Promise<RuleInForce[]> {
    const rows = await tx.selectFrom('finops.rule_setting').selectAll().execute();
    const set = new Map(rows.map((row) => [row.rule_id, row]));
    return RULES.map((rule) => {
      const row = set.get(rule.id);
      return {
        rule,
        enabled: row?.enabled ?? true,
        snoozedUntil: row?.snoozed_until ?? null,
        values: valuesOf(rule, row?.values ?? {}),
      };
    });
  }

  return {
    get: (scope: TenantScope): Promise<SavingsSettings> => db.inTenant(scope, readSettings),

    rules: (scope: TenantScope): Promise<RuleInForce[]> => db.inTenant(scope, readRules),

    /** Organizations with a recurring scan: hours between scans by organization; absent ones have the default. */
    async rhythms(): Promise<Map<string, number | null>> {
      const rows = await db.inSystem('find organizations with their own scan rhythm', (tx) =>
        tx.selectFrom('finops.settings').select(['organization_id', 'scan_every_hours']).execute(),
      );
      return new Map(rows.map((row) => [row.organization_id, row.scan_every_hours]));
    },

    /** @throws AppError `validation_failed` naming the exclusion that cannot be read */
    async put(scope: WorkspaceRef, acting: Acting, settings: SavingsSettings): Promise<SavingsSettings> {
      for (const [i, text] of settings.excludeTags.entries()) {
        try {
          parseExclusion(text);
        } catch (error) {
          if (error instanceof RangeError) throw invalidField(`body.excludeTags.${i}`, error.message);
          throw error;
        }
      }
      const values = {
        exclude_tags: settings.excludeTags,
        minimum_monthly: settings.minimumMonthly,
        regions: settings.regions,
        scan_every_hours: settings.scanEveryHours,
        updated_at: clock.now(),
      };
      return db.inTenant(scope, async (tx) => {
        const before = await readSettings(tx);
        await tx
          .insertInto('finops.settings')
          .values({ organization_id: scope.organizationId, ...values })
          .onConflict((conflict) => conflict.column('organization_id').doUpdateSet(values))
          .execute();
        await audit.record(tx, {
          organizationId: scope.organizationId,
          action: 'savings_settings.changed',
          outcome: 'success',
          ...acting,
          workspaceId: scope.workspaceId,
          target: { type: 'savings_settings', id: scope.organizationId },
          details: { from: before, to: settings },
        });
        return readSettings(tx);
      });
    },

    /** @throws AppError `not_found`, or `validation_failed` for a parameter that is not there or out of its bounds */
    async putRule(
      scope: WorkspaceRef,
      acting: Acting,
      ruleId: string,
      body: z.output<typeof RuleBody>,
    ): Promise<RuleView> {
      const rule = ruleById(ruleId);
      if (rule === undefined) throw notFound('The rule');
      const values = checked(rule, body.values ?? {});
      return db.inTenant(scope, async (tx) => {
        const row = await tx
          .selectFrom('finops.rule_setting')
          .selectAll()
          .where('rule_id', '=', rule.id)
          .forUpdate()
          .executeTakeFirst();
        const next = {
          enabled: body.enabled ?? row?.enabled ?? true,
          snoozed_until:
            body.snoozedUntil === undefined ? (row?.snoozed_until ?? null) : dateOf(body.snoozedUntil),
          values: JSON.stringify(
            Object.fromEntries(
              Object.entries({ ...row?.values, ...values }).filter(([, value]) => value !== null),
            ),
          ),
        };
        await tx
          .insertInto('finops.rule_setting')
          .values({ organization_id: scope.organizationId, rule_id: rule.id, ...next })
          .onConflict((conflict) => conflict.columns(['organization_id', 'rule_id']).doUpdateSet(next))
          .execute();
        await audit.record(tx, {
          organizationId: scope.organizationId,
          action: 'savings_rule.changed',
          outcome: 'success',
          ...acting,
          workspaceId: scope.workspaceId,
          target: { type: 'savings_rule', id: rule.id, label: rule.title.en },
          details: { ...body },
        });
        const inForce = (await readRules(tx)).find((each) => each.rule === rule);
        if (inForce === undefined) throw new AppError('internal');
        return presentRule(inForce);
      });
    },
  };
}

export type Settings = ReturnType<typeof createSettings>;

/** A rule as the catalogue page shows it. */
export function presentRule({ rule, enabled, snoozedUntil, values }: RuleInForce): RuleView {
  return {
    id: rule.id,
    provider: rule.provider,
    resourceType: rule.resourceType,
    category: rule.category,
    title: rule.title,
    criterion: rule.criterion,
    remedy: rule.remedy,
    savingMethod: rule.saving,
    confidence: rule.confidence,
    effort: rule.effort,
    restart: rule.restart,
    undoClass: rule.undoClass,
    action: rule.action,
    parameters: Object.entries(rule.parameters).map(([id, parameter]) => ({ id, ...parameter })),
    metrics: [...new Set(rule.metrics.map(({ metric }) => metric))],
    permissions: {
      read: [...rule.permissions.read],
      apply: [...rule.permissions.apply],
      undo: [...rule.permissions.undo],
    },
    enabled,
    snoozedUntil: snoozedUntil?.toISOString() ?? null,
    values: { ...values },
  };
}

/** What is stored may be older than the rule's bounds: it is brought inside them. */
function valuesOf(rule: Rule, stored: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(rule.parameters).map(([id, { default: usual, minimum, maximum }]) => [
      id,
      Math.min(maximum, Math.max(minimum, stored[id] ?? usual)),
    ]),
  );
}

function checked(
  rule: Rule,
  values: Readonly<Record<string, number | null>>,
): Readonly<Record<string, number | null>> {
  for (const [id, value] of Object.entries(values)) {
    const parameter = Object.hasOwn(rule.parameters, id) ? rule.parameters[id] : undefined;
    if (parameter === undefined) throw invalidField(`body.values.${id}`, 'is not a parameter of this rule');
    if (value !== null && (value < parameter.minimum || value > parameter.maximum))
      throw invalidField(
        `body.values.${id}`,
        `must be between ${parameter.minimum} and ${parameter.maximum}`,
        'out_of_range',
      );
  }
  return values;
}

function dateOf(text: string | null): Date | null {
  return text === null ? null : new Date(text);
}
