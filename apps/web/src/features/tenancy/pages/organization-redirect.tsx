import { useQuery } from '@tanstack/react-query';
import { Navigate } from 'react-router';
import { startingWorkspace } from '@/app/last-place.ts';
import { paths } from '@/app/paths.ts';
import { useOrganization } from '@/app/scope.tsx';
import { ErrorState } from '@/ui/states.tsx';
import { workspacesQuery } from '../queries.ts';

/** `/o/:org`: the last workspace there, else the oldest, else the place to make one. */
export function OrganizationRedirect() {
  const organization = useOrganization();
  const { data, error, refetch } = useQuery(workspacesQuery(organization.slug));
  if (data === undefined)
    return error === null ? null : <ErrorState error={error} onRetry={() => void refetch()} />;
  const target = startingWorkspace(organization.slug, data);
  return (
    <Navigate
      replace
      to={
        target === undefined
          ? paths.organizationSettings(organization.slug, 'workspaces')
          : paths.workspace(organization.slug, target.slug)
      }
    />
  );
}
