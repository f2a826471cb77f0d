import { useMemo } from 'react';
import { useLive } from '@/app/live.ts';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { costsKey, costsUrl } from './queries.ts';

/** Follows imports, new data, sources and alerts of the workspace while a cost page is open. */
export function useCostsLive(): void {
  const place = useWorkspacePlace();
  const topics = useMemo(
    () => ({
      'costs.import': [costsKey(place, 'imports')],
      'costs.data': [costsKey(place, 'data'), costsKey(place, 'proof'), costsKey(place, 'control')],
      'costs.source': [costsKey(place, 'sources')],
      'costs.alert': [costsKey(place, 'alerts')],
    }),
    [place],
  );
  useLive(costsUrl(place, 'live'), topics);
}
