import { useMemo } from 'react';
import { paths } from '@/app/paths.ts';
import { useWorkspacePlace } from './queries.ts';

/** Addresses of the cloud pages of the current workspace. */
export function useCloudPaths() {
  const { org, workspace } = useWorkspacePlace();
  return useMemo(() => {
    const at = (page: string) => paths.workspace(org, workspace, page);
    return {
      accounts: at('accounts'),
      account: (id: string) => at(`accounts/${encodeURIComponent(id)}`),
      connect: at('accounts/connect'),
      resources: at('resources'),
      /** The list with filters as `[name, value]` pairs. */
      resourcesWith: (filters: readonly (readonly [string, string])[]) =>
        `${at('resources')}?${new URLSearchParams(filters.map(([name, value]) => [name, value])).toString()}`,
      resource: (id: string, search = '') => `${at(`resources/${encodeURIComponent(id)}`)}${search}`,
      overview: at('resources/overview'),
      providers: at('providers'),
      create: at('resources/new'),
      orders: at('orders'),
      order: (id: string) => `${at('orders')}?order=${encodeURIComponent(id)}`,
    };
  }, [org, workspace]);
}
