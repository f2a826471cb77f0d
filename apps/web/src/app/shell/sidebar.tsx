import { Search } from 'lucide-react';
import { Link, useLocation } from 'react-router';
import { cn } from '@/ui/cn.ts';
import { Tooltip } from '@/ui/tooltip.tsx';
import { Kbd } from '@/ui/values.tsx';
import type { NavEntry } from '../feature.ts';
import { useT } from '../i18n.ts';
import { useExplainDenial } from '../scope.tsx';
import { isMarked, navEntries, navPath } from './navigation.ts';
import { PlaceSwitcher } from './place-switcher.tsx';
import type { Place } from './use-place.ts';
import { Tools } from './tools.tsx';
import { UserMenu } from './user-menu.tsx';

interface SidebarProps {
  place: Place;
  onSearch: () => void;
}

/** The left navigation, in the column of a wide screen and the drawer of a narrow one. */
export function Sidebar({ place, onSearch }: SidebarProps) {
  const t = useT('shell');
  return (
    <div className="flex h-full flex-col gap-1 px-2.5 py-2.5">
      <PlaceSwitcher place={place} />
      <button
        type="button"
        onClick={onSearch}
        className="my-1.5 flex h-8 items-center gap-2 rounded-md border border-line bg-surface px-2.5 text-ink-3 shadow-raised hover:text-ink-2 pointer-coarse:h-10"
      >
        <Search aria-hidden className="size-3.5" />
        <span className="min-w-0 flex-1 truncate text-left">{t('nav.search')}</span>
        <span className="flex pointer-coarse:hidden">
          <Kbd keys={['mod', 'K']} />
        </span>
      </button>
      <nav aria-label={t('nav.main')} className="min-h-0 flex-1 overflow-y-auto">
        <ul className="flex flex-col gap-px">
          {navEntries.map((entry) => (
            <li key={entry.job}>
              <Entry entry={entry} place={place} />
            </li>
          ))}
        </ul>
      </nav>
      <div className="flex items-center gap-1">
        <UserMenu />
        <Tools />
      </div>
    </div>
  );
}

const entryClasses =
  'flex h-8 items-center gap-2.5 rounded-md px-2 font-medium pointer-coarse:h-10 [&_svg]:size-4 [&_svg]:shrink-0';

function Entry({ entry, place }: { entry: NavEntry; place: Place }) {
  const t = useT('shell');
  const explain = useExplainDenial();
  const { pathname } = useLocation();
  const to = navPath(entry, place);
  const { icon: Icon, permission } = entry;
  const scope = entry.scope === 'workspace' ? place.workspace : place.organization;
  const denied = permission !== undefined && scope !== null && !scope.permissions.includes(permission);
  if (to === null || denied) {
    const reason = denied ? explain(scope.role, permission) : place.loading ? '' : t('nav.needsWorkspace');
    return (
      <Tooltip label={reason} side="right">
        <span
          role="link"
          aria-disabled
          tabIndex={0}
          className={cn(entryClasses, 'cursor-not-allowed text-ink-3', place.loading && 'opacity-60')}
        >
          <Icon aria-hidden />
          {t(entry.labelKey)}
        </span>
      </Tooltip>
    );
  }
  const marked = isMarked(entry, place, pathname);
  return (
    <Link
      to={to}
      aria-current={marked ? 'page' : undefined}
      className={cn(
        entryClasses,
        marked ? 'bg-hover text-ink [&_svg]:text-accent-text' : 'text-ink-2 hover:bg-hover hover:text-ink',
      )}
    >
      <Icon aria-hidden strokeWidth={1.9} />
      {t(entry.labelKey)}
    </Link>
  );
}
