import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useT } from '@/app/i18n.ts';
import { savedViewsQuery } from '@/app/saved-views/queries.ts';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { cn } from '@/ui/cn.ts';
import { readFilters, type FilterActions, type SavingsFilters } from '../filters.ts';
import { viewsUrl } from '../queries.ts';

/** Questions asked every day. */
const usual = [
  { id: 'worth', search: 'priority=high' },
  { id: 'idle', search: 'category=idle&category=orphan' },
  { id: 'rightsize', search: 'category=rightsize' },
  { id: 'mine', search: 'assignee=me' },
  { id: 'attention', search: 'status=needs_attention' },
  { id: 'dismissed', search: 'status=dismissed' },
] as const;

/** Most saved ones beside the usual ones; the others are in the list of views. */
const maxShown = 12;

/** Usual and saved filters, one press each. */
export function SavedFilters({ filters, actions }: { filters: SavingsFilters; actions: FilterActions }) {
  const t = useT('savings');
  const { data: views = [] } = useQuery(savedViewsQuery(viewsUrl(useWorkspacePlace())));
  // A view may keep a sort order too, or come from a release with other filters.
  const saved = views.map((view) => ({
    ...view,
    search: readFilters(new URLSearchParams(view.search)).search,
  }));
  return (
    <div role="group" aria-label={t('saved.label')} className="flex flex-wrap items-center gap-1.5">
      {usual.map(({ id, search }) => (
        <Chip key={id} on={filters.search === search} onPress={() => actions.flip(search)}>
          {t(`saved.${id}`)}
        </Chip>
      ))}
      {saved.slice(0, maxShown).map(({ id, name, search }) => (
        <Chip key={id} on={filters.search === search} onPress={() => actions.flip(search)}>
          {name}
        </Chip>
      ))}
    </div>
  );
}

interface ChipProps {
  on: boolean;
  onPress: () => void;
  children: ReactNode;
}

function Chip({ on, onPress, children }: ChipProps) {
  return (
    <button
      type="button"
      aria-pressed={on}
      onClick={onPress}
      className={cn(
        'h-6 max-w-60 truncate rounded-full border px-2.5 text-xs font-medium pointer-coarse:h-9',
        on
          ? 'border-accent bg-accent-soft text-accent-text'
          : 'border-line bg-surface text-ink-2 hover:border-line-strong hover:text-ink',
      )}
    >
      {children}
    </button>
  );
}
