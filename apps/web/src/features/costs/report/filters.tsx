import { ListFilter } from 'lucide-react';
import { Suspense, useState } from 'react';
import { useT } from '@/app/i18n.ts';
import { lazyNamed } from '@/app/lazy-named.ts';
import { Button } from '@/ui/button.tsx';
import { FilterChips, type FilterChip } from '@/ui/data-table/filter-chips.tsx';
import { withFilter, withoutValue, type Filter } from '../state.ts';
import { useCostWords } from '../words.ts';

const FilterDialog = lazyNamed(() => import('./filter-dialog.tsx').then((module) => module.FilterDialog));

interface FiltersProps {
  filters: readonly Filter[];
  onChange: (filters: Filter[]) => void;
  tagKeys: readonly string[];
  /** Names of accounts and the like, by dimension and value, where the data has better ones. */
  labels?: ReadonlyMap<string, string>;
  /** False where leaving values out makes no sense. */
  mayExclude?: boolean;
}

/** A button that adds a filter, and those in force as chips. Also used by forms that are about a part of the cost. */
export function CostFilters({ filters, onChange, tagKeys, labels, mayExclude = true }: FiltersProps) {
  const t = useT('costs');
  const words = useCostWords();
  const [open, setOpen] = useState(false);
  const chips: FilterChip[] = filters.flatMap((filter) =>
    filter.values.map((value) => ({
      id: `${filter.dimension} ${filter.exclude} ${value ?? ''}`,
      label: filter.exclude
        ? t('filter.not', { dimension: words.dimension(filter.dimension) })
        : words.dimension(filter.dimension),
      value: words.value(filter.dimension, value, labels?.get(`${filter.dimension} ${value ?? ''}`)),
      onRemove: () => onChange(withoutValue(filters, filter, value)),
    })),
  );
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Button size="sm" onClick={() => setOpen(true)}>
        <ListFilter /> {t('filter.add')}
      </Button>
      <FilterChips chips={chips} onClear={() => onChange([])} />
      {open ? (
        <Suspense fallback={null}>
          <FilterDialog
            filters={filters}
            tagKeys={tagKeys}
            mayExclude={mayExclude}
            onClose={() => setOpen(false)}
            onAdd={(filter) => {
              onChange(withFilter(filters, filter));
              setOpen(false);
            }}
          />
        </Suspense>
      ) : null}
    </div>
  );
}
