import type { DashboardLayout, DashboardLayoutBody } from '@cloudatlas/contracts/dashboards';
import { queryOptions } from '@tanstack/react-query';
import { call } from '@/app/api.ts';
import { workspaceKey, workspaceUrl, type WorkspacePlace } from '@/features/accounts/queries.ts';

const url = (place: WorkspacePlace): string => workspaceUrl(place, 'dashboard', 'layout');

/** How the person arranged this page. */
export const layoutQuery = (place: WorkspacePlace) =>
  queryOptions({
    queryKey: workspaceKey(place, 'dashboard'),
    queryFn: ({ signal }) => call<DashboardLayout>('GET', url(place), { signal }),
    staleTime: 300_000,
  });

export const saveLayout = (place: WorkspacePlace, body: DashboardLayoutBody) =>
  call<DashboardLayout>('PUT', url(place), { body });

export const resetLayout = (place: WorkspacePlace) => call<DashboardLayout>('DELETE', url(place));
