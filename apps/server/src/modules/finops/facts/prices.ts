import { CloudError } from '@cloudatlas/cloud/errors';
import type { PriceQuery, PriceQuote } from '@cloudatlas/cloud/observations';
import type { AccountFacts, AccountsService } from '#modules/accounts/index.ts';
import { AppError } from '#platform/errors/app-error.ts';
import type { Clock } from '#platform/clock/clock.ts';
import type { Database } from '#platform/db/database.ts';
import type { FinopsTables } from '../tables.ts';

const keptMs = 7 * 86_400_000;
/** Queries of one call. */
const batchSize = 100;

/** The list prices of a provider as one organization has asked for them. A price nobody asked for is remembered as missing. */
export class PriceList {
  readonly #known = new Map<string, PriceQuote | null>();
  /** Older than a week: used when no newer one can be had. */
  readonly #stale = new Map<string, PriceQuote | null>();
  readonly #missing = new Map<string, PriceQuery>();
  #unanswered = 0;

  static async load(
    db: Database<FinopsTables>,
    account: Pick<AccountFacts, 'organizationId' | 'provider'>,
    now: Date,
  ): Promise<PriceList> {
    const list = new PriceList();
    const rows = await db.inTenant(account, (tx) =>
      tx
        .selectFrom('finops.price')
        .select(['query', 'quote', 'fetched_at'])
        .where('provider', '=', account.provider)
        .execute(),
    );
    for (const row of rows)
      (row.fetched_at.getTime() > now.getTime() - keptMs ? list.#known : list.#stale).set(
        row.query,
        row.quote,
      );
    return list;
  }

  /** @returns undefined when nobody knows it, or nobody has asked yet */
  get(query: PriceQuery): PriceQuote | undefined {
    const key = keyOf(query);
    const quote = this.#known.get(key);
    if (quote === undefined) {
      this.#missing.set(key, query);
      this.#unanswered += 1;
    }
    return quote ?? undefined;
  }

  /** How many times a price was asked for that nobody had asked for before; `fetch` gets them. */
  get unanswered(): number {
    return this.#unanswered;
  }

  /**
   * Fetches what was missing, once, and stores it with its date. What the provider cannot be asked now counts as
   * unknown for this scan, unless an older price is there.
   */
  async fetch(
    { db, accounts, clock }: { db: Database<FinopsTables>; accounts: AccountsService; clock: Clock },
    account: AccountFacts,
    signal: AbortSignal,
  ): Promise<void> {
    const wanted = [...this.#missing];
    this.#missing.clear();
    for (let start = 0; start < wanted.length; start += batchSize) {
      const part = wanted.slice(start, start + batchSize);
      let quotes: readonly (PriceQuote | undefined)[];
      try {
        quotes = await accounts.withConnection(account, account.id, (connection) =>
          connection.prices(
            part.map(([, query]) => query),
            signal,
          ),
        );
      } catch (error) {
        const refused = error instanceof CloudError || error instanceof AppError;
        if (!refused || signal.aborted) throw error;
        for (const [key] of part) this.#known.set(key, this.#stale.get(key) ?? null);
        continue;
      }
      const rows = part.map(([key], i) => ({ query: key, quote: quotes[i] ?? null }));
      for (const { query, quote } of rows) this.#known.set(query, quote);
      await db.inTenant(account, (tx) =>
        tx
          .insertInto('finops.price')
          .values(
            rows.map(({ query, quote }) => ({
              organization_id: account.organizationId,
              provider: account.provider,
              query,
              quote: quote === null ? null : JSON.stringify(quote),
              fetched_at: clock.now(),
            })),
          )
          .onConflict((conflict) =>
            conflict.columns(['organization_id', 'provider', 'query']).doUpdateSet((eb) => ({
              quote: eb.ref('excluded.quote'),
              fetched_at: eb.ref('excluded.fetched_at'),
            })),
          )
          .execute(),
      );
    }
  }
}

/** The query in one spelling: members in a fixed order, those of the variant sorted. */
function keyOf({ product, region, sku, variant }: PriceQuery): string {
  return JSON.stringify([
    product,
    region,
    sku ?? null,
    Object.entries(variant ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1)),
  ]);
}
