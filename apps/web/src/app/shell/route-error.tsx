import { isRouteErrorResponse, useRouteError } from 'react-router';
import { ErrorState } from '@/ui/states.tsx';
import { useT } from '../i18n.ts';
import { NotFound } from './not-found.tsx';
import { useTitle } from './page.tsx';

/** Shown in place of a page that threw; the rest of the application goes on. */
export function RouteError() {
  const error = useRouteError();
  const t = useT('shell');
  useTitle(t('routeError.title'));
  if (isRouteErrorResponse(error) && error.status === 404) return <NotFound />;
  // Also the answer to a chunk that a newer release has replaced: loading the page again fetches the new one.
  return <ErrorState error={error} onRetry={() => window.location.reload()} />;
}
