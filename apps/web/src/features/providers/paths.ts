import { useMemo } from 'react';
import { paths } from '@/app/paths.ts';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';

/** Providers with pages of their own beside the general one, below the workspace. */
export const ownPages: Readonly<Record<string, string>> = { m365: 'microsoft-365' };

/** Addresses of the provider pages of the current workspace. */
export function useProviderPaths() {
  const { org, workspace } = useWorkspacePlace();
  return useMemo(() => {
    const at = (page: string): string => paths.workspace(org, workspace, page);
    const provider = (id: string): string => at(`providers/${encodeURIComponent(id)}`);
    return {
      providers: at('providers'),
      provider,
      prices: (id: string) => `${provider(id)}/prices`,
      /** The provider's own pages; undefined where the general one is all there is. */
      own: (id: string): string | undefined => (ownPages[id] === undefined ? undefined : at(ownPages[id])),
    };
  }, [org, workspace]);
}
