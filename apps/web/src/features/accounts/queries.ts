/** Cloud accounts and the providers they can be of: reads and writes. */
import type { z } from 'zod';
import type {
  AccessTemplates,
  AccountCheck,
  AccountTest,
  CheckAccountBody,
  CloudAccount,
  CloudProvider,
  UpdateAccountBody,
} from '@cloudatlas/contracts/accounts';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { call, path } from '@/app/api.ts';
import { useOrganization, useWorkspace } from '@/app/scope.tsx';

export type AccountTestView = z.infer<typeof AccountTest>;
export type AccessTemplatesView = z.infer<typeof AccessTemplates>;
export type CheckAccount = z.input<typeof CheckAccountBody>;
export type Feature = CloudAccount['features'][number];
export type CredentialMethod = CloudProvider['credentialMethods'][number];
export type FormField = CredentialMethod['fields'][number];

/** What one may let CloudAtlas do, in the order of growing trust. */
export const allFeatures: readonly Feature[] = [
  'inventory',
  'metrics',
  'costs',
  'operate',
  'create',
  'delete',
];

/** The workspace of the URL as the API and the addresses of pages name it. */
export interface WorkspacePlace {
  org: string;
  workspace: string;
}

export function useWorkspacePlace(): WorkspacePlace {
  const { slug: org } = useOrganization();
  const { slug: workspace } = useWorkspace();
  return useMemo(() => ({ org, workspace }), [org, workspace]);
}

/** Address of an API resource of the workspace. */
export function workspaceUrl({ org, workspace }: WorkspacePlace, ...segments: string[]): string {
  return path('orgs', org, 'workspaces', workspace, ...segments);
}

/** First part of the keys of everything cached of a workspace. */
export const workspaceKey = ({ org, workspace }: WorkspacePlace, ...parts: string[]) =>
  ['org', org, 'workspace', workspace, ...parts] as const;

interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}

/** Largest number of pages of 200 fetched of a list that people manage by hand. */
const maxPages = 25;

export const accountsQuery = (place: WorkspacePlace) =>
  queryOptions({
    queryKey: workspaceKey(place, 'accounts'),
    queryFn: async ({ signal }) => {
      const items: CloudAccount[] = [];
      let cursor: string | null = null;
      for (let page = 0; page < maxPages; page += 1) {
        const answer: Page<CloudAccount> = await call('GET', workspaceUrl(place, 'accounts'), {
          query: { limit: 200, cursor },
          signal,
        });
        items.push(...answer.items);
        cursor = answer.nextCursor;
        if (cursor === null) break;
      }
      return items;
    },
  });

export const accountQuery = (place: WorkspacePlace, accountId: string) =>
  queryOptions({
    queryKey: workspaceKey(place, 'accounts', accountId),
    queryFn: ({ signal }) =>
      call<AccountTestView>('GET', workspaceUrl(place, 'accounts', accountId), { signal }),
  });

export const providersQuery = (place: WorkspacePlace) =>
  queryOptions({
    queryKey: workspaceKey(place, 'providers'),
    queryFn: async ({ signal }) =>
      (await call<{ items: CloudProvider[] }>('GET', workspaceUrl(place, 'providers'), { signal })).items,
    staleTime: Number.POSITIVE_INFINITY,
  });

export function useProviders() {
  return useQuery(providersQuery(useWorkspacePlace()));
}

export const accessTemplatesQuery = (place: WorkspacePlace, provider: string, features: readonly Feature[]) =>
  queryOptions({
    queryKey: workspaceKey(place, 'access-templates', provider, features.join()),
    // A question with a body: nothing changes on the server.
    queryFn: ({ signal }) =>
      call<AccessTemplatesView>('POST', workspaceUrl(place, 'accounts', 'access-templates'), {
        body: { provider, features },
        signal,
      }),
    enabled: provider !== '' && features.length > 0,
    staleTime: Number.POSITIVE_INFINITY,
  });

type Credentials = CheckAccount['credentials'];

export const accountsApi = {
  check: (place: WorkspacePlace, body: CheckAccount) =>
    call<AccountCheck>('POST', workspaceUrl(place, 'accounts', 'check'), { body }),
  connect: (place: WorkspacePlace, body: CheckAccount & { name: string }) =>
    call<CloudAccount>('POST', workspaceUrl(place, 'accounts'), { body }),
  update: (place: WorkspacePlace, id: string, body: z.input<typeof UpdateAccountBody>) =>
    call<CloudAccount>('PATCH', workspaceUrl(place, 'accounts', id), { body }),
  rotate: (place: WorkspacePlace, id: string, credentials: Credentials) =>
    call<CloudAccount>('PUT', workspaceUrl(place, 'accounts', id, 'credentials'), { body: { credentials } }),
  test: (place: WorkspacePlace, id: string) =>
    call<AccountTestView>('POST', workspaceUrl(place, 'accounts', id, 'test')),
  remove: (place: WorkspacePlace, id: string, confirm: string) =>
    call<undefined>('DELETE', workspaceUrl(place, 'accounts', id), { body: { confirm } }),
};
