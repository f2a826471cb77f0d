/** What is known of each provider: accounts, resources, this month's cost, what could be saved, and health. */
import type { CloudAccount } from '@cloudatlas/contracts/accounts';
import { useQuery } from '@tanstack/react-query';
import { useDenial } from '@/app/scope.tsx';
import { accountsQuery, useProviders, useWorkspacePlace } from '@/features/accounts/queries.ts';
import { useCurrency } from '@/features/costs/place.ts';
import { questionQuery, type Answer, type Group } from '@/features/costs/queries.ts';
import { readState } from '@/features/costs/state.ts';
import { providerIdOf } from '@/features/costs/words.ts';
import { summaryQuery as resourceSummary } from '@/features/inventory/queries.ts';
import { summaryQuery as savingsSummary } from '@/features/savings/queries.ts';

export type Health = CloudAccount['health']['status'] | 'disabled';
const worst: readonly Health[] = ['failing', 'degraded', 'unknown', 'ok', 'disabled'];

/** The state of several accounts in one word: the worst of theirs. */
export function healthOf(accounts: readonly CloudAccount[]): Health {
  const found = new Set(accounts.map((account) => (account.enabled ? account.health.status : 'disabled')));
  return worst.find((status) => found.has(status)) ?? 'disabled';
}

export interface ProviderFigures {
  id: string;
  accounts: readonly CloudAccount[];
  resources: number;
  services: number;
  regions: number;
  /** This month by currency; undefined without the permission or before the answer. */
  costs: readonly Group[] | undefined;
  /** Days of the last 30, in the currency of the first of `costs`. */
  trend: readonly number[];
  saving: { amount: string; currency: string; count: number } | undefined;
}

const plain = readState(new URLSearchParams());
/** More providers than this are not in any bill. */
const mostProviders = 50;

/** Every provider of the installation, connected ones first. */
export function useProviderFigures() {
  const place = useWorkspacePlace();
  const may = {
    accounts: useDenial('accounts:read') === undefined,
    resources: useDenial('resources:read') === undefined,
    costs: useDenial('costs:read') === undefined,
    savings: useDenial('finops:read') === undefined,
  };
  const { currency, ready } = useCurrency(plain);
  const shown = currency === undefined ? {} : { currency };
  const providers = useProviders();
  const accounts = useQuery({ ...accountsQuery(place), enabled: may.accounts });
  const summary = useQuery({ ...resourceSummary(place), enabled: may.resources });
  const month = useQuery({
    ...questionQuery(place, {
      period: 'mtd',
      grain: 'total',
      groupBy: ['provider'],
      compare: 'previous',
      top: mostProviders,
      ...shown,
    }),
    enabled: may.costs && ready,
  });
  const days = useQuery({
    ...questionQuery(place, {
      period: '30d',
      grain: 'day',
      groupBy: ['provider'],
      top: mostProviders,
      ...shown,
    }),
    enabled: may.costs && ready,
  });
  const savings = useQuery({ ...savingsSummary(place), enabled: may.savings });
  const figures = providers.data
    ?.map(({ id }): ProviderFigures => {
      const rows = summary.data?.byService.filter((row) => row.provider === id) ?? [];
      const costs = groupsOf(month.data, id);
      const saving = savings.data?.byProvider.find((row) => row.provider === id);
      return {
        id,
        accounts: accounts.data?.filter((account) => account.provider === id) ?? [],
        resources: rows.reduce((sum, row) => sum + row.count, 0),
        services: new Set(rows.map((row) => row.service)).size,
        regions: new Set(rows.map((row) => row.region)).size,
        costs,
        trend: trendOf(days.data, id, costs?.[0]?.currency),
        saving:
          savings.data === undefined
            ? undefined
            : {
                amount: saving?.monthly ?? '0',
                currency: savings.data.currency,
                count: saving?.count ?? 0,
              },
      };
    })
    .toSorted((a, b) => Number(b.accounts.length > 0) - Number(a.accounts.length > 0));
  const error = providers.error ?? accounts.error ?? summary.error;
  const retry = (): void => {
    for (const query of [providers, accounts, summary]) if (query.isError) void query.refetch();
  };
  const loading = providers.isPending || (may.accounts && accounts.isPending);
  return { figures: loading ? undefined : figures, error, retry };
}

/** Groups of an answer by provider that are one provider's; its name in bills may not be its id. */
export function groupsOf(answer: Answer | undefined, id: string): readonly Group[] | undefined {
  return answer?.groups.filter(({ keys }) => keys[0] === id || providerIdOf(keys[0] ?? '') === id);
}

function trendOf(answer: Answer | undefined, id: string, currency: string | undefined): number[] {
  const sums = new Map<string, number>();
  for (const group of groupsOf(answer, id) ?? [])
    if (group.currency === currency)
      for (const { bucket, amount } of group.series)
        // Days that still grow would look like a fall.
        if (bucket <= (answer?.completeThrough ?? bucket))
          sums.set(bucket, (sums.get(bucket) ?? 0) + Number(amount));
  return [...sums].toSorted(([a], [b]) => a.localeCompare(b)).map(([, value]) => value);
}
