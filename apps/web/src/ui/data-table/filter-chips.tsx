import { X } from 'lucide-react';
import { useT } from '@/app/i18n.ts';
import { Button } from '../button.tsx';

export interface FilterChip {
  id: string;
  label: string;
  value: string;
  onRemove: () => void;
}

/** The filters in force, each with a way to drop it. */
export function FilterChips({ chips, onClear }: { chips: readonly FilterChip[]; onClear: () => void }) {
  const t = useT('ui');
  if (chips.length === 0) return null;
  return (
    <ul aria-label={t('table.filters')} className="flex flex-wrap items-center gap-1.5">
      {chips.map((chip) => (
        <li
          key={chip.id}
          className="flex h-6 items-center rounded-sm bg-accent-soft pl-2 text-xs text-accent-text"
        >
          <span className="max-w-56 truncate">
            {chip.label}: <span className="font-medium">{chip.value}</span>
          </span>
          <button
            type="button"
            aria-label={t('table.removeFilter', { name: chip.label })}
            onClick={chip.onRemove}
            className="ml-1 flex size-6 items-center justify-center rounded-sm hover:bg-surface"
          >
            <X className="size-3" />
          </button>
        </li>
      ))}
      <li>
        <Button size="sm" variant="ghost" onClick={onClear}>
          {t('table.clearFilters')}
        </Button>
      </li>
    </ul>
  );
}
