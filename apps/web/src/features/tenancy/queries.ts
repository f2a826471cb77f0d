/** Organizations, workspaces, members, invitations, roles and plan: reads and writes. */
import type { z } from 'zod';
import type {
  Invitation,
  InvitationPreview,
  Member,
  Organization,
  Plan,
  RoleMatrix,
  Workspace,
} from '@cloudatlas/contracts/tenancy';
import type { Role } from '@cloudatlas/contracts/permissions';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { call, path } from '@/app/api.ts';

export type PlanView = z.infer<typeof Plan>;
export type RoleMatrixView = z.infer<typeof RoleMatrix>;
export type InvitationPreviewView = z.infer<typeof InvitationPreview>;

interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}

/** Lists people manage by hand: fetched whole, up to this many pages of 200. */
const maxPages = 25;

async function fetchAll<Item>(url: string, signal: AbortSignal): Promise<Item[]> {
  const items: Item[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < maxPages; page += 1) {
    const answer: Page<Item> = await call('GET', url, { query: { limit: 200, cursor }, signal });
    items.push(...answer.items);
    cursor = answer.nextCursor;
    if (cursor === null) break;
  }
  return items;
}

export const organizationsQuery = queryOptions({
  queryKey: ['orgs'],
  queryFn: ({ signal }) => fetchAll<Organization>(path('orgs'), signal),
  staleTime: 60_000,
});

export const organizationQuery = (org: string) =>
  queryOptions({
    queryKey: ['org', org],
    queryFn: ({ signal }) => call<Organization>('GET', path('orgs', org), { signal }),
    staleTime: 60_000,
  });

export const workspacesQuery = (org: string) =>
  queryOptions({
    queryKey: ['org', org, 'workspaces'],
    queryFn: ({ signal }) => fetchAll<Workspace>(path('orgs', org, 'workspaces'), signal),
    staleTime: 60_000,
  });

export const membersQuery = (org: string) =>
  queryOptions({
    queryKey: ['org', org, 'members'],
    queryFn: ({ signal }) => fetchAll<Member>(path('orgs', org, 'members'), signal),
  });

export const invitationsQuery = (org: string) =>
  infiniteQueryOptions({
    queryKey: ['org', org, 'invitations'],
    queryFn: ({ signal, pageParam }) =>
      call<Page<Invitation>>('GET', path('orgs', org, 'invitations'), {
        query: { limit: 100, cursor: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
  });

export const rolesQuery = (org: string) =>
  queryOptions({
    queryKey: ['org', org, 'roles'],
    queryFn: ({ signal }) => call<RoleMatrixView>('GET', path('orgs', org, 'roles'), { signal }),
    staleTime: Infinity,
  });

export const planQuery = (org: string) =>
  queryOptions({
    queryKey: ['org', org, 'plan'],
    queryFn: ({ signal }) => call<PlanView>('GET', path('orgs', org, 'plan'), { signal }),
  });

/** Writes. Each returns the server's answer; callers invalidate `['org', org]` or `['orgs']`. */
export const tenancyApi = {
  createOrganization: (body: { name: string; slug?: string }) =>
    call<Organization>('POST', path('orgs'), { body }),
  updateOrganization: (org: string, body: { name?: string; slug?: string }) =>
    call<Organization>('PATCH', path('orgs', org), { body }),
  deleteOrganization: (org: string, confirm: string) =>
    call<unknown>('DELETE', path('orgs', org), { body: { confirm } }),
  restoreOrganization: (org: string) => call<unknown>('POST', path('orgs', org, 'restore')),
  createWorkspace: (org: string, body: { name: string; slug?: string }) =>
    call<Workspace>('POST', path('orgs', org, 'workspaces'), { body }),
  updateWorkspace: (org: string, workspace: string, body: { name?: string; slug?: string }) =>
    call<Workspace>('PATCH', path('orgs', org, 'workspaces', workspace), { body }),
  deleteWorkspace: (org: string, workspace: string, confirm: string) =>
    call<unknown>('DELETE', path('orgs', org, 'workspaces', workspace), { body: { confirm } }),
  changeRole: (org: string, member: string, role: Role) =>
    call<unknown>('PATCH', path('orgs', org, 'members', member), { body: { role } }),
  removeMember: (org: string, member: string) =>
    call<unknown>('DELETE', path('orgs', org, 'members', member)),
  setOverride: (org: string, member: string, workspace: string, role: Role) =>
    call<unknown>('PUT', path('orgs', org, 'members', member, 'overrides', workspace), { body: { role } }),
  clearOverride: (org: string, member: string, workspace: string) =>
    call<unknown>('DELETE', path('orgs', org, 'members', member, 'overrides', workspace)),
  invite: (org: string, body: { email: string; role: Role }) =>
    call<Invitation>('POST', path('orgs', org, 'invitations'), { body }),
  resendInvitation: (org: string, invitation: string) =>
    call<unknown>('POST', path('orgs', org, 'invitations', invitation, 'resend')),
  revokeInvitation: (org: string, invitation: string) =>
    call<unknown>('DELETE', path('orgs', org, 'invitations', invitation)),
  previewInvitation: (token: string) =>
    call<InvitationPreviewView>('POST', path('invitations', 'preview'), { body: { token } }),
  acceptInvitation: (token: string) =>
    call<Organization>('POST', path('invitations', 'accept'), { body: { token } }),
};
