import type { Money } from '@cloudatlas/cloud/resource';
import { loadProvider, providerIds } from '@cloudatlas/cloud/registry';
import type { PriceList, PutPriceListBody } from '@cloudatlas/contracts/accounts';
import type { PlanTier } from '@cloudatlas/contracts/plans';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { AuditService } from '#modules/audit/index.ts';
import { lockOrganization } from '#modules/tenancy/index.ts';
import type { Database, TenantScope } from '#platform/db/database.ts';
import { invalidField, notFound } from '#platform/errors/app-error.ts';
import { isId } from '#platform/ids/ids.ts';
import type { Platform } from '#platform/module.ts';
import type { AccountsTables } from '../tables.ts';
import { createJournal } from './journal.ts';
import { requireProvider } from './provider-plan.ts';
import type { Row, Tx } from './rows.ts';
import type { Acting } from './types.ts';

/** What an organization pays by SKU, as connections take it. */
export async function ownPrices(tx: Tx, provider: string): Promise<Record<string, Money>> {
  const rows = await tx
    .selectFrom('accounts.seat_price')
    .select(['sku', 'amount', 'currency'])
    .where('provider', '=', provider)
    .orderBy('sku')
    .execute();
  return bySku(rows);
}

/** The account and what its organization pays by SKU, in one statement. @throws AppError `not_found` */
export async function accountWithPrices(
  tx: Tx,
  accountId: string,
): Promise<{ row: Row; prices: Record<string, Money> }> {
  const found = isId(accountId)
    ? await tx
        .selectFrom('accounts.cloud_account as account')
        .selectAll('account')
        .select(
          sql<{ sku: string; amount: string; currency: string }[]>`(
            select coalesce(json_agg(json_build_object('sku', sku, 'amount', amount::text, 'currency', currency) order by sku), '[]')
            from accounts.seat_price where provider = account.provider)`.as('own_prices'),
        )
        .where('account.id', '=', accountId)
        .executeTakeFirst()
    : undefined;
  if (found === undefined) throw notFound('The account');
  const { own_prices: own, ...row } = found;
  return { row, prices: bySku(own) };
}

function bySku(rows: readonly { sku: string; amount: string; currency: string }[]) {
  return Object.fromEntries(
    rows.map(({ sku, amount, currency }) => [sku, { amount: plain(amount), currency }]),
  );
}

/** `36.0000` as `36`, `10.6000` as `10.6`. */
function plain(amount: string): string {
  return amount.includes('.') ? amount.replace(/\.?0+$/, '') : amount;
}

/** Seat prices that an organization pays in place of a provider's list prices. */
export function createPrices(
  platform: Pick<Platform, 'clock' | 'events'>,
  db: Database<AccountsTables>,
  audit: AuditService,
) {
  const { clock } = platform;
  const journal = createJournal(platform, audit);

  /** @throws AppError `not_found` where the provider has no price list */
  async function listOf(id: string) {
    const provider = providerIds.includes(id) ? await loadProvider(id) : undefined;
    if (provider?.priceList === undefined) throw notFound('The price list');
    return provider.priceList;
  }

  async function get(scope: TenantScope, provider: string): Promise<z.input<typeof PriceList>> {
    const list = await listOf(provider);
    const { own, changedAt } = await db.inTenant(scope, async (tx) => ({
      own: await ownPrices(tx, provider),
      changedAt: await tx
        .selectFrom('accounts.seat_price')
        .select((eb) => eb.fn.max('changed_at').as('at'))
        .where('provider', '=', provider)
        .executeTakeFirst(),
    }));
    const listed = new Set(list.items.map(({ sku }) => sku));
    const unlisted = Object.keys(own).filter((sku) => !listed.has(sku));
    return {
      provider,
      asOf: list.asOf,
      changedAt: changedAt?.at?.toISOString() ?? null,
      items: [
        ...list.items.map((item) => ({
          sku: item.sku,
          label: item.label,
          unit: item.unit,
          listPrice: item.price,
          ownPrice: own[item.sku] ?? null,
        })),
        ...unlisted.map((sku) => ({
          sku,
          label: sku,
          unit: 'seat-month',
          listPrice: null,
          ownPrice: own[sku] ?? null,
        })),
      ],
    };
  }

  /** Of two that write at once the last wins whole: without the lock neither would remove the other's rows. */
  async function replace(
    scope: TenantScope,
    acting: Acting,
    provider: string,
    action: 'price_list.changed' | 'price_list.reset',
    next: z.output<typeof PutPriceListBody>,
  ): Promise<void> {
    const now = clock.now();
    await db.inTenant(scope, async (tx) => {
      await lockOrganization(tx as never);
      const before = await ownPrices(tx, provider);
      await tx.deleteFrom('accounts.seat_price').where('provider', '=', provider).execute();
      if (next.items.length > 0)
        await tx
          .insertInto('accounts.seat_price')
          .values(
            next.items.map(({ sku, price }) => ({
              organization_id: scope.organizationId,
              provider,
              sku,
              amount: price,
              currency: next.currency,
              changed_at: now,
            })),
          )
          .execute();
      const after = await ownPrices(tx, provider);
      await audit.record(tx, {
        organizationId: scope.organizationId,
        action,
        outcome: 'success',
        ...acting,
        provider,
        target: { type: 'price_list', id: provider, label: provider },
        details: { from: before, to: after },
      });
      if (JSON.stringify(before) === JSON.stringify(after)) return;
      // What is shown and what is in the cost store was worked out with the former prices.
      const accounts = await tx
        .selectFrom('accounts.cloud_account')
        .selectAll()
        .where('provider', '=', provider)
        .where('enabled', '=', true)
        .execute();
      for (const account of accounts) await journal.announce(tx, account);
    });
  }

  return {
    get,

    /**
     * Replaces the organization's prices; what is not among the items costs what the provider lists.
     * @throws AppError `not_found`, `validation_failed` for a SKU named twice, `plan_required`
     */
    async put(
      scope: TenantScope & { plan: PlanTier },
      acting: Acting,
      provider: string,
      body: z.output<typeof PutPriceListBody>,
    ) {
      await listOf(provider);
      requireProvider(scope.plan, provider);
      const seen = new Set<string>();
      for (const [index, { sku }] of body.items.entries()) {
        if (seen.has(sku)) throw invalidField(`body.items.${index}.sku`, 'is named twice');
        seen.add(sku);
      }
      await replace(scope, acting, provider, 'price_list.changed', body);
      return get(scope, provider);
    },

    /** Back to the provider's list. @throws AppError `not_found` */
    async reset(scope: TenantScope, acting: Acting, provider: string): Promise<void> {
      await listOf(provider);
      await replace(scope, acting, provider, 'price_list.reset', { currency: 'USD', items: [] });
    },
  };
}
