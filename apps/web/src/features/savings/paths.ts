import { useMemo } from 'react';
import { paths } from '@/app/paths.ts';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';

const withSearch = (path: string, search: string): string => (search === '' ? path : `${path}?${search}`);

/** Addresses of the savings pages of the current workspace. */
export function useSavingsPaths() {
  const { org, workspace } = useWorkspacePlace();
  return useMemo(() => {
    const savings = paths.workspace(org, workspace, 'savings');
    return {
      savings,
      savingsWith: (search: string) => withSearch(savings, search),
      recommendation: (id: string, search = '') => withSearch(`${savings}/${encodeURIComponent(id)}`, search),
      actions: `${savings}/actions`,
      action: (id: string, search = '') => withSearch(`${savings}/actions/${encodeURIComponent(id)}`, search),
      rules: `${savings}/rules`,
      rule: (id: string, search = '') => withSearch(`${savings}/rules/${encodeURIComponent(id)}`, search),
      whyNot: (search = '') => withSearch(`${savings}/why-not`, search),
      settings: `${savings}/settings`,
    };
  }, [org, workspace]);
}
