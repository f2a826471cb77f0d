import { useMemo } from 'react';
import { paths } from '@/app/paths.ts';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';

const withSearch = (path: string, search: string): string => (search === '' ? path : `${path}?${search}`);

/** Addresses of the cost pages of the current workspace. */
export function useCostPaths() {
  const { org, workspace } = useWorkspacePlace();
  return useMemo(() => {
    const at = (page: string): string => paths.workspace(org, workspace, page);
    const costs = at('costs');
    return {
      costs,
      costsWith: (search: string) => withSearch(costs, search),
      items: (search: string) => withSearch(`${costs}/items`, search),
      imports: `${costs}/imports`,
      import: (id: string) => `${costs}/imports/${encodeURIComponent(id)}`,
      reconciliation: `${costs}/reconciliation`,
      conformance: `${costs}/conformance`,
      anomalies: `${costs}/anomalies`,
      anomaly: (id: string, search = '') =>
        withSearch(`${costs}/anomalies/${encodeURIComponent(id)}`, search),
      budgets: `${costs}/budgets`,
      budget: (id: string) => `${costs}/budgets/${encodeURIComponent(id)}`,
      allocation: `${costs}/allocation`,
      settings: `${costs}/settings`,
      alerts: at('alerts'),
      alertRules: at('alerts/rules'),
      connect: at('accounts/connect'),
    };
  }, [org, workspace]);
}
