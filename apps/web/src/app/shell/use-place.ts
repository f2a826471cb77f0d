import type { Organization, Workspace } from '@cloudatlas/contracts/tenancy';
import { useQuery } from '@tanstack/react-query';
import { useMatches } from 'react-router';
import { organizationsQuery, workspacesQuery } from '@/features/tenancy/queries.ts';
import { lastPlace, startingWorkspace } from '../last-place.ts';

export interface Place {
  organizations: readonly Organization[];
  /** Of the URL, else the last visited, else the first (of the workspaces the oldest). */
  organization: Organization | null;
  workspaces: readonly Workspace[];
  workspace: Workspace | null;
  loading: boolean;
}

/** What navigation, switcher and palette act on, also on pages outside any organization. */
export function usePlace(): Place {
  const params = useMatches().at(-1)?.params ?? {};
  const { data: organizations, isPending } = useQuery(organizationsQuery);
  const wantedOrg = params['org'] ?? lastPlace.organization();
  const organization =
    organizations?.find((candidate) => candidate.slug === wantedOrg) ??
    (params['org'] === undefined ? organizations?.[0] : undefined) ??
    null;
  const slug = organization?.slug ?? '';
  const workspacesResult = useQuery({ ...workspacesQuery(slug), enabled: slug !== '' });
  const workspaces = workspacesResult.data ?? [];
  const workspace =
    workspaces.find((candidate) => candidate.slug === params['workspace']) ??
    startingWorkspace(slug, workspaces) ??
    null;
  return {
    organizations: organizations ?? [],
    organization,
    workspaces,
    workspace,
    loading: isPending || (slug !== '' && workspacesResult.isPending),
  };
}
