import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Navigate, Outlet, useLocation } from 'react-router';
import { ErrorState } from '@/ui/states.tsx';
import { setTimeZone } from '../format.ts';
import { currentLanguage, setLanguage, useT } from '../i18n.ts';
import { signInPath } from '../return-to.ts';
import { meQuery } from '../session.ts';
import { setTheme } from '../theme.ts';
import { Logo } from './logo.tsx';

/** Route element for everything that needs a person: leads to sign-in, and back afterwards. */
export function RequireSession() {
  const t = useT('ui');
  const location = useLocation();
  const { data: me, error, refetch } = useQuery(meQuery);
  const userId = me?.id;

  useEffect(() => {
    if (me === null || me === undefined) return;
    setTimeZone(me.timeZone);
    // The profile's choices follow the person to each device, once per sign-in; the menus save to both.
    setTheme(me.theme);
    if (me.locale !== currentLanguage()) void setLanguage(me.locale);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- only when another person appears
  }, [userId, me?.timeZone]);

  if (me === null) {
    return <Navigate to={signInPath(`${location.pathname}${location.search}${location.hash}`)} replace />;
  }
  if (me !== undefined) return <Outlet />;
  if (error !== null) return <ErrorState error={error} onRetry={() => void refetch()} />;
  return (
    <div role="status" aria-label={t('loading')} className="flex min-h-dvh items-center justify-center">
      <Logo className="size-8 animate-pulse" />
    </div>
  );
}
