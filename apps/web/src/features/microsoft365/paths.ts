import { useMemo } from 'react';
import { paths } from '@/app/paths.ts';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';

/** Addresses of the Microsoft 365 pages of the current workspace. */
export function useMicrosoft365Paths() {
  const { org, workspace } = useWorkspacePlace();
  return useMemo(() => {
    const at = (page: string): string => paths.workspace(org, workspace, `microsoft-365${page}`);
    return {
      overview: at(''),
      users: at('/users'),
      usersWith: (search: string) => `${at('/users')}?${search}`,
      licences: at('/licences'),
      groups: at('/groups'),
      security: at('/security'),
    };
  }, [org, workspace]);
}
