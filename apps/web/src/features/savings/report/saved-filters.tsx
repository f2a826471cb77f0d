import { BookmarkPlus, X } from 'lucide-react';
import { Suspense, useState, type ReactNode } from 'react';
import { useT } from '@/app/i18n.ts';
import { lazyNamed } from '@/app/lazy-named.ts';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { Button } from '@/ui/button.tsx';
import { cn } from '@/ui/cn.ts';
import type { FilterActions, SavingsFilters } from '../filters.ts';

const NameDialog = lazyNamed(() => import('./name-dialog.tsx').then((module) => module.NameDialog));

/** Questions asked every day. */
const usual = [
  { id: 'worth', search: 'priority=high' },
  { id: 'idle', search: 'category=idle&category=orphan' },
  { id: 'rightsize', search: 'category=rightsize' },
  { id: 'mine', search: 'assignee=me' },
  { id: 'attention', search: 'status=needs_attention' },
  { id: 'dismissed', search: 'status=dismissed' },
] as const;

interface Saved {
  name: string;
  search: string;
}
/** Most filters kept on one device per workspace. */
const maxSaved = 12;

/** Filters kept under a name on this device. */
function useSaved(): [readonly Saved[], (next: readonly Saved[]) => void] {
  const { org, workspace } = useWorkspacePlace();
  const key = `atlas.savingsFilters.${org}.${workspace}`;
  const [saved, setSaved] = useState<readonly Saved[]>(() => readSaved(localStorage.getItem(key)));
  return [
    saved,
    (next) => {
      localStorage.setItem(key, JSON.stringify(next));
      setSaved(next);
    },
  ];
}

function readSaved(text: string | null): Saved[] {
  try {
    const found: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(found)
      ? found.filter(
          (entry: Saved | null) => typeof entry?.name === 'string' && typeof entry.search === 'string',
        )
      : [];
  } catch {
    // Somebody else's text under our key: as if there were none.
    return [];
  }
}

/** Usual and saved filters, one press each. */
export function SavedFilters({ filters, actions }: { filters: SavingsFilters; actions: FilterActions }) {
  const t = useT('savings');
  const [saved, setSaved] = useSaved();
  const [naming, setNaming] = useState(false);
  const known = [...usual, ...saved].some(({ search }) => search === filters.search);
  return (
    <div role="group" aria-label={t('saved.label')} className="flex flex-wrap items-center gap-1.5">
      {usual.map(({ id, search }) => (
        <Chip key={id} on={filters.search === search} onPress={() => actions.flip(search)}>
          {t(`saved.${id}`)}
        </Chip>
      ))}
      {saved.map(({ name, search }) => (
        <span key={name} className="inline-flex">
          <Chip on={filters.search === search} onPress={() => actions.flip(search)} joined>
            {name}
          </Chip>
          <button
            type="button"
            aria-label={t('saved.forget', { name })}
            onClick={() => setSaved(saved.filter((entry) => entry.name !== name))}
            className="flex w-6 items-center justify-center rounded-r-full border border-l-0 border-line bg-surface text-ink-3 hover:text-ink"
          >
            <X aria-hidden className="size-3" />
          </button>
        </span>
      ))}
      {filters.active && !known && saved.length < maxSaved ? (
        <Button size="sm" variant="ghost" onClick={() => setNaming(true)}>
          <BookmarkPlus /> {t('saved.save')}
        </Button>
      ) : null}
      {naming ? (
        <Suspense fallback={null}>
          <NameDialog
            onClose={() => setNaming(false)}
            onName={(name) => {
              setSaved([...saved.filter((entry) => entry.name !== name), { name, search: filters.search }]);
              setNaming(false);
            }}
          />
        </Suspense>
      ) : null}
    </div>
  );
}

interface ChipProps {
  on: boolean;
  onPress: () => void;
  /** Another control follows at its right edge. */
  joined?: boolean;
  children: ReactNode;
}

function Chip({ on, onPress, joined = false, children }: ChipProps) {
  return (
    <button
      type="button"
      aria-pressed={on}
      onClick={onPress}
      className={cn(
        'h-6 max-w-60 truncate border px-2.5 text-xs font-medium pointer-coarse:h-9',
        joined ? 'rounded-l-full' : 'rounded-full',
        on
          ? 'border-accent bg-accent-soft text-accent-text'
          : 'border-line bg-surface text-ink-2 hover:border-line-strong hover:text-ink',
      )}
    >
      {children}
    </button>
  );
}
