import { useQuery } from '@tanstack/react-query';
import { Bell as BellIcon } from 'lucide-react';
import { Suspense } from 'react';
import { loadNamespaces, useT } from '@/app/i18n.ts';
import { lazyNamed } from '@/app/lazy-named.ts';
import { usePlace } from '@/app/shell/use-place.ts';
import { IconButton } from '@/ui/button.tsx';
import { Menu } from '@/ui/menu.tsx';
import { unreadQuery } from './unread-query.ts';

const BellList = lazyNamed(async () => {
  const [module] = await Promise.all([import('./bell-list.tsx'), loadNamespaces(['alerts'])]);
  return module.BellList;
});

/** More is shown as "99+". */
const most = 99;

/** Beside the user menu: how many alerts of the workspace are unread, and the last of them. */
export function Bell() {
  const t = useT('shell');
  const { organization, workspace } = usePlace();
  const allowed = workspace?.permissions.includes('alerts:read') === true;
  const place = { org: organization?.slug ?? '', workspace: workspace?.slug ?? '' };
  const { data } = useQuery({ ...unreadQuery(place), enabled: organization !== null && allowed });
  if (organization === null || !allowed) return null;
  const unread = data?.unread ?? 0;
  return (
    <Menu
      side="top"
      className="w-[min(24rem,calc(100vw-1rem))]"
      label={t('bell.title')}
      trigger={
        <IconButton label={unread === 0 ? t('bell.title') : t('bell.unread', { count: unread })}>
          <BellIcon />
          {unread === 0 ? null : (
            <span
              aria-hidden
              className="num absolute right-0 top-0 flex h-4 min-w-4 items-center justify-center rounded-full bg-danger px-1 text-[0.625rem] font-semibold text-on-danger"
            >
              {unread > most ? `${most}+` : unread}
            </span>
          )}
        </IconButton>
      }
    >
      <Suspense fallback={null}>
        <BellList place={place} unread={unread} latest={data?.latest ?? []} />
      </Suspense>
    </Menu>
  );
}
