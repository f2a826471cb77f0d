import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useT } from '@/app/i18n.ts';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { Button } from '@/ui/button.tsx';
import { Checkbox } from '@/ui/choice.tsx';
import { Dialog } from '@/ui/dialog.tsx';
import { Field } from '@/ui/field.tsx';
import { Input } from '@/ui/input.tsx';
import { Select } from '@/ui/select.tsx';
import { SkeletonLines } from '@/ui/skeleton.tsx';
import { ErrorState } from '@/ui/states.tsx';
import { useMoney } from '../place.ts';
import { valuesQuery } from '../queries.ts';
import { dimensions, type Filter } from '../state.ts';
import { useCostWords } from '../words.ts';

interface FilterDialogProps {
  /** Filters in force: values are those that occur within them. */
  filters: readonly Filter[];
  tagKeys: readonly string[];
  mayExclude: boolean;
  onAdd: (filter: Filter) => void;
  onClose: () => void;
}

/** Chooses a dimension, then values of it, the most expensive first. */
export function FilterDialog({ filters, tagKeys, mayExclude, onAdd, onClose }: FilterDialogProps) {
  const t = useT('costs');
  const words = useCostWords();
  const [dimension, setDimension] = useState<Filter['dimension']>('service');
  const [chosen, setChosen] = useState<ReadonlySet<string | null>>(new Set());
  const [exclude, setExclude] = useState(false);
  const [typed, setTyped] = useState('');
  const q = useSettled(typed.trim());
  const others = filters.filter((filter) => filter.dimension !== dimension);
  const toggle = (value: string | null): void => {
    const next = new Set(chosen);
    if (!next.delete(value)) next.add(value);
    setChosen(next);
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('filter.title')}
      footer={
        <>
          {mayExclude ? (
            <label className="mr-auto flex items-center gap-2">
              <Checkbox checked={exclude} onCheckedChange={(on) => setExclude(on === true)} />
              {t('filter.exclude')}
            </label>
          ) : null}
          <Button onClick={onClose}>{t('ui:confirm.cancel')}</Button>
          <Button
            variant="primary"
            disabledReason={chosen.size === 0 ? t('filter.chooseFirst') : undefined}
            onClick={() => onAdd({ dimension, values: [...chosen], exclude })}
          >
            {t('filter.apply')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <Field label={t('filter.dimension')}>
          {(control) => (
            <Select
              {...control}
              value={dimension}
              onChange={({ target: { value } }) => {
                setDimension(value as Filter['dimension']);
                setChosen(new Set());
              }}
              options={[...dimensions, ...tagKeys.map((key) => `tag:${key}` as const)].map((name) => ({
                value: name,
                label: words.dimension(name),
              }))}
            />
          )}
        </Field>
        <Input
          type="search"
          aria-label={t('filter.search')}
          placeholder={t('filter.search')}
          maxLength={200}
          value={typed}
          onChange={({ target: { value } }) => setTyped(value)}
        />
        <ValueList dimension={dimension} filters={others} q={q} chosen={chosen} onToggle={toggle} />
      </div>
    </Dialog>
  );
}

interface ValueListProps {
  dimension: Filter['dimension'];
  filters: Filter[];
  q: string;
  chosen: ReadonlySet<string | null>;
  onToggle: (value: string | null) => void;
}

function ValueList({ dimension, filters, q, chosen, onToggle }: ValueListProps) {
  const t = useT('costs');
  const words = useCostWords();
  const { money } = useMoney();
  const { data, error, refetch } = useQuery(
    valuesQuery(useWorkspacePlace(), { dimension, filters, ...(q === '' ? {} : { q }) }),
  );
  if (data === undefined)
    return error === null ? (
      <SkeletonLines lines={6} />
    ) : (
      <ErrorState error={error} onRetry={() => void refetch()} />
    );
  if (data.items.length === 0) return <p className="py-6 text-center text-ink-3">{t('filter.nothing')}</p>;
  // A value billed in two currencies comes twice, and is one choice.
  const values = Map.groupBy(data.items, (item) => item.value);
  return (
    <ul
      className="max-h-72 overflow-y-auto rounded-md border border-line"
      aria-label={words.dimension(dimension)}
    >
      {[...values].map(([value, items]) => (
        <li key={value ?? ''} className="border-b border-line last:border-b-0">
          <label className="flex cursor-pointer items-center gap-2.5 px-3 py-1.5 hover:bg-hover">
            <Checkbox checked={chosen.has(value)} onCheckedChange={() => onToggle(value)} />
            <span className="min-w-0 flex-1 break-words">
              {words.value(dimension, value, items[0]?.label)}
            </span>
            <span className="num text-xs text-ink-3">
              {items.map(({ amount, currency }) => money(amount, currency)).join(' + ')}
            </span>
          </label>
        </li>
      ))}
    </ul>
  );
}

/** The text once nobody has typed for a moment. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), 250);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
