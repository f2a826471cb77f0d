/** What the bell asks on every page; apart from the other queries, so that it adds little to the first load. */
import type { UnreadAlerts } from '@cloudatlas/contracts/cost-control';
import type { z } from 'zod';
import { queryOptions } from '@tanstack/react-query';
import { call, path } from '@/app/api.ts';

interface Place {
  org: string;
  workspace: string;
}

/** How often the bell asks; a stream of its own would take one of the browser's few connections on every page. */
const bellMs = 60_000;

export const unreadQuery = (place: Place) =>
  queryOptions({
    queryKey: ['org', place.org, 'workspace', place.workspace, 'costs', 'alerts', 'unread'] as const,
    queryFn: ({ signal }) =>
      call<z.infer<typeof UnreadAlerts>>(
        'GET',
        path('orgs', place.org, 'workspaces', place.workspace, 'costs', 'alerts', 'unread'),
        { signal },
      ),
    refetchInterval: bellMs,
    retry: false,
  });
