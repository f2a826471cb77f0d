import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useDenial, useOrganization } from '@/app/scope.tsx';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { signOf, sumOf } from '@/features/costs/decimal.ts';
import { priceListQuery } from '@/features/providers/prices/queries.ts';
import { subscriptionAttributes, subscriptionFacts, times, type SubscriptionFacts } from './facts.ts';
import { allRowsQuery, provider, types, type Row } from './queries.ts';
import { useTenants } from './tenant.tsx';

interface Amount {
  amount: string;
  currency: string;
}

export interface SubscriptionRow {
  row: Row;
  facts: SubscriptionFacts;
  /** Price of a seat a month; undefined where nobody priced the product. */
  price: Amount | undefined;
  cost: Amount | undefined;
  unusedCost: Amount | undefined;
  /** Costs nothing: its seats are given in thousands and say nothing. */
  free: boolean;
}

/** What the tenants have bought, with what it costs and what of it nobody uses. */
export function useSubscriptions() {
  const { tenant } = useTenants();
  const { slug } = useOrganization();
  const mayPrices = useDenial('costs:read') === undefined;
  const list = useQuery({ ...priceListQuery(slug, provider), enabled: mayPrices });
  const query = useQuery(
    allRowsQuery(useWorkspacePlace(), {
      type: [types.subscription],
      attribute: subscriptionAttributes,
      account: tenant,
      sort: '-cost',
    }),
  );
  const rows = useMemo(() => {
    const prices = new Map(
      list.data?.items.flatMap(({ sku, ownPrice, listPrice }) => {
        const price = ownPrice ?? listPrice;
        return price === null ? [] : [[sku, price] as const];
      }),
    );
    return query.data?.map((row): SubscriptionRow => {
      const facts = subscriptionFacts(row);
      const price = prices.get(facts.sku);
      const of = (seats: number): Amount | undefined =>
        price === undefined || facts.trial
          ? undefined
          : { amount: times(price.amount, seats), currency: price.currency };
      const free = price !== undefined && signOf(price.amount) === 0;
      return { row, facts, price, cost: of(facts.bought), unusedCost: of(facts.unused), free };
    });
  }, [query.data, list.data]);
  const totals = useMemo(
    () => ({
      bought: sum(rows, ({ facts }) => facts.bought),
      assigned: sum(rows, ({ facts }) => facts.assigned),
      unused: sum(rows, ({ facts }) => facts.unused),
      cost: amounts(rows, ({ cost }) => cost),
      unusedCost: amounts(rows, ({ unusedCost }) => unusedCost),
    }),
    [rows],
  );
  return { rows, totals, error: query.error, retry: () => void query.refetch() };
}

/** Over products that cost something. */
const sum = (rows: readonly SubscriptionRow[] | undefined, of: (row: SubscriptionRow) => number): number =>
  (rows ?? []).reduce((total, row) => total + (row.free ? 0 : of(row)), 0);

/** Sums by currency: different ones are never added up. */
function amounts(
  rows: readonly SubscriptionRow[] | undefined,
  of: (row: SubscriptionRow) => Amount | undefined,
): Amount[] {
  const known = (rows ?? []).flatMap((row) => of(row) ?? []);
  return [...Map.groupBy(known, ({ currency }) => currency)].map(([currency, found]) => ({
    currency,
    amount: sumOf(found.map(({ amount }) => amount)),
  }));
}
