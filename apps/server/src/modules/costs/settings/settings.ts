import type { CostSettings, ExchangeRate, PutExchangeRatesBody } from '@cloudatlas/contracts/costs';
import { PutExchangeRatesBody as RatesSchema } from '@cloudatlas/contracts/costs';
import type { Selectable } from 'kysely';
import type { Readable } from 'node:stream';
import type { z } from 'zod';
import type { AuditService } from '#modules/audit/index.ts';
import type { Database } from '#platform/db/database.ts';
import { AppError, invalidField, notFound } from '#platform/errors/app-error.ts';
import { isId, newId } from '#platform/ids/ids.ts';
import type { Platform } from '#platform/module.ts';
import type { Acting } from '../imports/imports.ts';
import type { WorkspaceRef } from '../scope-of.ts';
import type { CostsTables } from '../tables.ts';

type RateInput = z.output<typeof PutExchangeRatesBody>['items'];
const maxCsvLines = 20_000;
const batchSize = 1000;

/** Settings of a workspace's costs and the organization's exchange rates. */
export function createSettings(
  platform: Pick<Platform, 'clock'>,
  db: Database<CostsTables>,
  audit: AuditService,
) {
  const { clock } = platform;

  async function writeRates(
    scope: WorkspaceRef,
    acting: Acting,
    items: RateInput,
    source: string,
  ): Promise<void> {
    // One statement may not write a row twice: the last of equal pairs and days counts.
    const wanted = [...new Map(items.map((item) => [`${item.from} ${item.to} ${item.day}`, item])).values()];
    await db.inTenant(scope, async (tx) => {
      for (let start = 0; start < wanted.length; start += batchSize) {
        await tx
          .insertInto('costs.rate')
          .values(
            wanted.slice(start, start + batchSize).map((item) => ({
              organization_id: scope.organizationId,
              id: newId(),
              from_currency: item.from,
              to_currency: item.to,
              day: item.day,
              rate: item.rate,
              source,
              updated_at: clock.now(),
            })),
          )
          .onConflict((conflict) =>
            conflict.constraint('rate_day').doUpdateSet((eb) => ({
              rate: eb.ref('excluded.rate'),
              source: eb.ref('excluded.source'),
              updated_at: eb.ref('excluded.updated_at'),
            })),
          )
          .execute();
      }
      await audit.record(tx, {
        organizationId: scope.organizationId,
        action: 'cost_rates.changed',
        outcome: 'success',
        ...acting,
        workspaceId: scope.workspaceId,
        target: { type: 'cost_rates', id: scope.organizationId },
        details: { count: wanted.length, source, first: wanted.slice(0, 10) },
      });
    });
  }

  return {
    async get(scope: WorkspaceRef): Promise<CostSettings> {
      const row = await db.inTenant(scope, (tx) =>
        tx
          .selectFrom('costs.settings')
          .selectAll()
          .where('workspace_id', '=', scope.workspaceId)
          .executeTakeFirst(),
      );
      return {
        displayCurrency: row?.display_currency ?? null,
        closedThrough: row?.closed_through ?? null,
        retentionMonths: row?.retention_months ?? null,
      };
    },

    async put(scope: WorkspaceRef, acting: Acting, settings: CostSettings): Promise<CostSettings> {
      const values = {
        display_currency: settings.displayCurrency,
        closed_through: settings.closedThrough,
        retention_months: settings.retentionMonths,
      };
      await db.inTenant(scope, async (tx) => {
        await tx
          .insertInto('costs.settings')
          .values({ organization_id: scope.organizationId, workspace_id: scope.workspaceId, ...values })
          .onConflict((conflict) => conflict.columns(['organization_id', 'workspace_id']).doUpdateSet(values))
          .execute();
        await audit.record(tx, {
          organizationId: scope.organizationId,
          action: 'cost_settings.changed',
          outcome: 'success',
          ...acting,
          workspaceId: scope.workspaceId,
          target: { type: 'cost_settings', id: scope.workspaceId },
          details: { ...settings },
        });
      });
      return settings;
    },

    async rates(
      scope: WorkspaceRef,
      filter: { from?: string | undefined; to?: string | undefined },
    ): Promise<ExchangeRate[]> {
      const rows = await db.inTenant(scope, (tx) => {
        let select = tx
          .selectFrom('costs.rate')
          .selectAll()
          .orderBy('day', 'desc')
          .orderBy('from_currency')
          .orderBy('to_currency')
          .limit(5000);
        if (filter.from !== undefined) select = select.where('from_currency', '=', filter.from);
        if (filter.to !== undefined) select = select.where('to_currency', '=', filter.to);
        return select.execute();
      });
      return rows.map(presentRate);
    },

    async putRates(scope: WorkspaceRef, acting: Acting, items: RateInput): Promise<ExchangeRate[]> {
      checkRates(items);
      await writeRates(scope, acting, items, 'manual');
      return this.rates(scope, {});
    },

    /** Reads `from,to,day,rate` lines; lines that are none are told and left out. */
    async importRates(scope: WorkspaceRef, acting: Acting, body: Readable) {
      const lines = (await textOf(body)).split(/\r?\n/);
      if (lines.length > maxCsvLines + 1)
        throw new AppError('payload_too_large', `A file may have at most ${maxCsvLines} lines.`);
      const header = (lines[0] ?? '')
        .replace(/^\uFEFF/, '')
        .toLowerCase()
        .split(/[,;]/)
        .map((cell) => cell.trim());
      const at = ['from', 'to', 'day', 'rate'].map((name) => header.indexOf(name));
      if (at.includes(-1))
        throw invalidField('body', 'The first line must name the columns from, to, day and rate.');
      const refused: { line: number; reason: string }[] = [];
      const accepted: RateInput = [];
      for (const [index, line] of lines.slice(1).entries()) {
        if (line.trim() === '') continue;
        const cells = line.split(/[,;]/).map((cell) => cell.trim().replaceAll('"', ''));
        const [from, to, day, rate] = at.map((column) => cells[column] ?? '');
        const parsed = RatesSchema.safeParse({
          items: [{ from: from?.toUpperCase(), to: to?.toUpperCase(), day, rate }],
        });
        const [item] = parsed.data?.items ?? [];
        if (item === undefined)
          refused.push({ line: index + 2, reason: parsed.error?.issues[0]?.message ?? 'is no rate' });
        else if (item.from === item.to || Number(item.rate) === 0)
          refused.push({ line: index + 2, reason: 'needs two currencies and a rate above zero' });
        else accepted.push(item);
      }
      if (accepted.length > 0) await writeRates(scope, acting, accepted, 'file');
      return { written: accepted.length, refused: refused.slice(0, 200) };
    },

    async removeRate(scope: WorkspaceRef, acting: Acting, rateId: string): Promise<void> {
      await db.inTenant(scope, async (tx) => {
        const row = isId(rateId)
          ? await tx.deleteFrom('costs.rate').where('id', '=', rateId).returningAll().executeTakeFirst()
          : undefined;
        if (row === undefined) throw notFound('The exchange rate');
        await audit.record(tx, {
          organizationId: scope.organizationId,
          action: 'cost_rates.removed',
          outcome: 'success',
          ...acting,
          workspaceId: scope.workspaceId,
          target: {
            type: 'cost_rates',
            id: row.id,
            label: `${row.from_currency} → ${row.to_currency}, ${row.day}`,
          },
        });
      });
    },
  };
}

export type Settings = ReturnType<typeof createSettings>;

function presentRate(row: Selectable<CostsTables['costs.rate']>): ExchangeRate {
  return {
    id: row.id,
    from: row.from_currency,
    to: row.to_currency,
    day: row.day,
    rate: row.rate,
    source: row.source,
    updatedAt: row.updated_at.toISOString(),
  };
}

function checkRates(items: RateInput): void {
  for (const [index, item] of items.entries()) {
    if (item.from === item.to) throw invalidField(`body.items.${index}.to`, 'must be another currency');
    if (Number(item.rate) === 0) throw invalidField(`body.items.${index}.rate`, 'must be above zero');
  }
}

async function textOf(body: Readable): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks).toString('utf8');
}
