import { useQuery } from '@tanstack/react-query';
import { useDenial } from '@/app/scope.tsx';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { useCurrency } from '@/features/costs/place.ts';
import { questionQuery } from '@/features/costs/queries.ts';
import { readState } from '@/features/costs/state.ts';
import { groupsOf } from './figures.ts';

const plain = readState(new URLSearchParams());

/** Under which names bills of the last six months know a provider, and the currency its costs are shown in. */
export function useBillNames(provider: string) {
  const may = useDenial('costs:read') === undefined;
  const { currency: wanted, ready } = useCurrency(plain);
  const shownIn = wanted === undefined ? {} : { currency: wanted };
  const { data, isError } = useQuery({
    ...questionQuery(useWorkspacePlace(), {
      period: '6m',
      grain: 'total',
      groupBy: ['provider'],
      top: 50,
      ...shownIn,
    }),
    enabled: may && ready,
  });
  const found = groupsOf(data, provider) ?? [];
  return {
    values: [...new Set(found.map(({ keys }) => keys[0] ?? null))],
    currency: wanted ?? found[0]?.currency ?? 'USD',
    shownIn,
    ready: data !== undefined || isError,
  };
}
