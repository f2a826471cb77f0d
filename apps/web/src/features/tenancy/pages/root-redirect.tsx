import { useQuery } from '@tanstack/react-query';
import { Navigate } from 'react-router';
import { useT } from '@/app/i18n.ts';
import { lastPlace } from '@/app/last-place.ts';
import { paths } from '@/app/paths.ts';
import { Logo } from '@/app/shell/logo.tsx';
import { ErrorState } from '@/ui/states.tsx';
import { organizationsQuery } from '../queries.ts';

/** `/`: the last organization, else the first, else the first steps. */
export function RootRedirect() {
  const t = useT('ui');
  const { data, error, refetch } = useQuery(organizationsQuery);
  if (data === undefined) {
    if (error !== null) return <ErrorState error={error} onRetry={() => void refetch()} />;
    return (
      <div role="status" aria-label={t('loading')} className="flex min-h-dvh items-center justify-center">
        <Logo className="size-8 animate-pulse" />
      </div>
    );
  }
  const last = lastPlace.organization();
  const target = data.find((organization) => organization.slug === last) ?? data[0];
  return <Navigate to={target === undefined ? paths.welcome : paths.organization(target.slug)} replace />;
}
