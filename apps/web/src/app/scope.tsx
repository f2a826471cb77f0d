/** Where one is: the organization and workspace of the URL, and what one may do there. */
import type { Organization, Workspace } from '@cloudatlas/contracts/tenancy';
import { rolesWith, type Permission, type Role } from '@cloudatlas/contracts/permissions';
import { useQuery } from '@tanstack/react-query';
import { createContext, useContext, useEffect } from 'react';
import { Outlet, useParams } from 'react-router';
import { organizationQuery, workspacesQuery } from '@/features/tenancy/queries.ts';
import { ErrorState } from '@/ui/states.tsx';
import { SkeletonLines } from '@/ui/skeleton.tsx';
import { isApiError } from './api.ts';
import { useFormat } from './format.ts';
import { useT } from './i18n.ts';
import { lastPlace } from './last-place.ts';
import { NotFound } from './shell/not-found.tsx';

const OrganizationContext = createContext<Organization | null>(null);
const WorkspaceContext = createContext<Workspace | null>(null);

/** The organization of the URL, inside its routes. */
export function useOrganization(): Organization {
  const organization = useContext(OrganizationContext);
  if (organization === null) throw new Error('useOrganization outside an organization route');
  return organization;
}

/** The workspace of the URL, inside its routes. */
export function useWorkspace(): Workspace {
  const workspace = useContext(WorkspaceContext);
  if (workspace === null) throw new Error('useWorkspace outside a workspace route');
  return workspace;
}

/** Route element: loads the organization of the URL and gives it to the pages below. */
export function OrganizationScope() {
  const { org = '' } = useParams();
  const { data, error, refetch } = useQuery(organizationQuery(org));
  useEffect(() => {
    if (data !== undefined) lastPlace.rememberOrganization(data.slug);
  }, [data]);
  if (data !== undefined) {
    return (
      <OrganizationContext value={data}>
        <Outlet />
      </OrganizationContext>
    );
  }
  if (isApiError(error, 'not_found')) return <NotFound />;
  if (error !== null) return <ErrorState error={error} onRetry={() => void refetch()} />;
  return <ScopeLoading />;
}

/** Route element: the workspace of the URL. */
export function WorkspaceScope() {
  const { org = '', workspace = '' } = useParams();
  const { data, error, refetch } = useQuery(workspacesQuery(org));
  const found = data?.find((candidate) => candidate.slug === workspace);
  useEffect(() => {
    if (found !== undefined) lastPlace.rememberWorkspace(org, found.slug);
  }, [org, found]);
  if (found !== undefined) {
    return (
      <WorkspaceContext value={found}>
        <Outlet />
      </WorkspaceContext>
    );
  }
  if (data !== undefined) return <NotFound />;
  if (error !== null) return <ErrorState error={error} onRetry={() => void refetch()} />;
  return <ScopeLoading />;
}

function ScopeLoading() {
  const t = useT('ui');
  return (
    <div className="max-w-md p-6" role="status" aria-label={t('loading')}>
      <SkeletonLines />
    </div>
  );
}

/**
 * Why the caller may not do something here, in words, or undefined when they may.
 * Inside a workspace its permissions count (role overrides), else the organization's.
 */
export function useDenial(permission: Permission): string | undefined {
  const organization = useContext(OrganizationContext);
  const workspace = useContext(WorkspaceContext);
  const explain = useExplainDenial();
  const place = workspace ?? organization;
  if (place === null || place.permissions.includes(permission)) return undefined;
  return explain(place.role, permission);
}

/** Says which roles hold a permission the given role lacks. */
export function useExplainDenial(): (role: Role, permission: Permission) => string {
  const t = useT('ui');
  const format = useFormat();
  return (role, permission) =>
    t('noPermission.reason', {
      role: t(`role.${role}`),
      roles: format.list(rolesWith[permission].map((name) => t(`role.${name}`))),
    });
}
