import { Menu as MenuIcon, Search } from 'lucide-react';
import { Suspense, useEffect, useRef, useState } from 'react';
import { Outlet, useLocation } from 'react-router';
import { IconButton } from '@/ui/button.tsx';
import { useT } from '../i18n.ts';
import { lazyNamed } from '../lazy-named.ts';
import { OfflineBanner } from './offline-banner.tsx';
import { Sidebar } from './sidebar.tsx';
import { Tools } from './tools.tsx';
import { usePlace } from './use-place.ts';
import { UserMenu } from './user-menu.tsx';

const CommandPalette = lazyNamed(() =>
  import('./command-palette.tsx').then((module) => module.CommandPalette),
);
const Sheet = lazyNamed(() => import('@/ui/sheet.tsx').then((module) => module.Sheet));

/** Frame of all pages behind sign-in: navigation left (drawer on a phone), page right. */
export function Shell() {
  const t = useT('shell');
  const place = usePlace();
  const { pathname, key } = useLocation();
  // The drawer belongs to the history entry it was opened at: any navigation closes it.
  const [drawerAt, setDrawerAt] = useState<string | null>(null);
  const drawer = drawerAt === key;
  const [palette, setPalette] = useState(false);
  const main = useRef<HTMLElement>(null);
  const firstPath = useRef(pathname);

  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() !== 'k' || !(event.metaKey || event.ctrlKey)) return;
      event.preventDefault();
      setPalette((open) => !open);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);

  useEffect(() => {
    // A screen reader hears the new page; the first load leaves the focus where the browser puts it.
    // An open dialog keeps it.
    const dialog = document.querySelector('[role="dialog"]');
    if (firstPath.current !== pathname && dialog === null) main.current?.focus({ preventScroll: true });
    firstPath.current = pathname;
  }, [pathname]);

  const openPalette = (): void => {
    setDrawerAt(null);
    setPalette(true);
  };
  return (
    <div className="min-h-dvh lg:grid lg:grid-cols-[15rem_minmax(0,1fr)]">
      <a
        href="#main"
        className="fixed left-2 top-2 z-60 -translate-y-16 rounded-md bg-accent px-3 py-2 font-medium text-on-accent focus:translate-y-0"
      >
        {t('skip')}
      </a>
      <aside className="sticky top-0 hidden h-dvh border-r border-line bg-sunken lg:block">
        <Sidebar place={place} onSearch={openPalette} />
      </aside>
      <header className="sticky top-0 z-20 flex h-12 items-center gap-1 border-b border-line bg-sunken px-2 lg:hidden">
        <IconButton label={t('nav.open')} onClick={() => setDrawerAt(key)}>
          <MenuIcon />
        </IconButton>
        <span className="min-w-0 flex-1 truncate px-1 font-semibold">
          {place.organization?.name ?? 'CloudAtlas'}
        </span>
        <IconButton label={t('nav.search')} onClick={openPalette}>
          <Search />
        </IconButton>
        <Tools />
        <span className="flex">
          <UserMenu compact />
        </span>
      </header>
      {drawer ? (
        <Suspense fallback={null}>
          <Sheet open onOpenChange={() => setDrawerAt(null)} side="left" title={t('nav.main')} bare>
            <Sidebar place={place} onSearch={openPalette} />
          </Sheet>
        </Suspense>
      ) : null}
      <main ref={main} id="main" tabIndex={-1} className="min-w-0 outline-none">
        <Outlet />
      </main>
      {palette ? (
        <Suspense fallback={null}>
          <CommandPalette place={place} onClose={() => setPalette(false)} />
        </Suspense>
      ) : null}
      <OfflineBanner />
    </div>
  );
}
