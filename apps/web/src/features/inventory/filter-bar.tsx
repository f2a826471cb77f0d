import { useQuery } from '@tanstack/react-query';
import { ChevronDown, Search } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useFormat } from '@/app/format.ts';
import { useT } from '@/app/i18n.ts';
import { useLabels } from '@/features/accounts/labels.ts';
import { accountsQuery, useWorkspacePlace } from '@/features/accounts/queries.ts';
import { Button } from '@/ui/button.tsx';
import { FilterChips, type FilterChip } from '@/ui/data-table/filter-chips.tsx';
import { Input } from '@/ui/input.tsx';
import { Menu, MenuSeparator, MenuToggle } from '@/ui/menu.tsx';
import { dimensions, type Dimension, type FilterActions, type ResourceFilters } from './filters.ts';
import { summaryQuery, type ResourceSummaryView } from './queries.ts';

interface FilterBarProps {
  filters: ResourceFilters;
  actions: FilterActions;
}

interface Choice {
  value: string;
  label: string;
  count: number;
}

/** Sums the counts of rows that share a value. */
function tally<Row extends { count: number }>(
  rows: readonly Row[],
  valueOf: (row: Row) => string,
  labelOf: (row: Row) => string,
): Choice[] {
  const found = new Map<string, Choice>();
  for (const row of rows) {
    const value = valueOf(row);
    const known = found.get(value);
    if (known === undefined) found.set(value, { value, label: labelOf(row), count: row.count });
    else known.count += row.count;
  }
  return [...found.values()].toSorted((a, b) => a.label.localeCompare(b.label));
}

/** What can be chosen in each dimension, over the whole workspace. */
function useChoices(summary: ResourceSummaryView | undefined): Record<Dimension, Choice[]> {
  const labels = useLabels();
  const place = useWorkspacePlace();
  const { data: accounts } = useQuery(accountsQuery(place));
  const names = new Map(accounts?.map(({ id, name }) => [id, name]));
  const { byService = [], byType = [], byState = [], byAccount = [], tagKeys = [] } = summary ?? {};
  return {
    provider: tally(
      byService,
      (row) => row.provider,
      (row) => labels.provider(row.provider),
    ),
    account: tally(
      byAccount,
      (row) => row.accountId,
      (row) => names.get(row.accountId) ?? row.accountId,
    ),
    service: tally(
      byService,
      (row) => row.service,
      (row) => labels.service(row.provider, row.service),
    ),
    type: tally(
      byType,
      (row) => row.type,
      (row) => labels.type(row.type),
    ),
    region: tally(
      byService,
      (row) => row.region,
      (row) => labels.region(row.region),
    ),
    state: tally(
      byState,
      (row) => row.state,
      (row) => labels.state(row.state),
    ),
    category: tally(
      byType,
      (row) => row.category,
      (row) => labels.category(row.category),
    ),
    tag: tally(
      tagKeys,
      (row) => row.key,
      (row) => row.key,
    ),
  };
}

/** Search, and a menu for each dimension. */
export function FilterBar({ filters, actions }: FilterBarProps) {
  const t = useT('inventory');
  const place = useWorkspacePlace();
  const { data } = useQuery(summaryQuery(place, filters.vanished ? 'vanished=true' : ''));
  const choices = useChoices(data);
  return (
    <div className="flex min-w-0 basis-full flex-wrap items-center gap-1.5 xl:flex-1 xl:basis-0">
      <SearchInput value={filters.q} onChange={actions.setQ} />
      {dimensions
        // One provider or account is no choice.
        .filter((name) => choices[name].length > 1 || filters.values[name].length > 0)
        .map((name) => (
          <DimensionMenu
            key={name}
            name={name}
            choices={choices[name]}
            chosen={filters.values[name]}
            actions={actions}
            vanished={filters.vanished}
          />
        ))}
      <span className="sr-only">{t('filter.label')}</span>
    </div>
  );
}

/** Follows the URL; what is typed reaches it after a moment, so the list does not run behind every key. */
function SearchInput({ value, onChange }: { value: string; onChange: (q: string) => void }) {
  const t = useT('inventory');
  const [typed, setTyped] = useState(value);
  const sent = useRef(value);
  useEffect(() => {
    if (value !== sent.current) setTyped(value);
    sent.current = value;
  }, [value]);
  useEffect(() => {
    if (typed.trim() === sent.current) return;
    const timer = setTimeout(() => {
      sent.current = typed.trim();
      onChange(typed.trim());
    }, 250);
    return () => clearTimeout(timer);
  }, [typed, onChange]);
  return (
    <div className="relative w-full sm:w-64">
      <Search
        aria-hidden
        className="pointer-events-none absolute left-2 top-1/2 size-3.5 -translate-y-1/2 text-ink-3"
      />
      <Input
        dense
        type="search"
        className="pl-7"
        maxLength={200}
        aria-label={t('filter.search')}
        placeholder={t('filter.search')}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
    </div>
  );
}

interface DimensionMenuProps {
  name: Dimension;
  choices: readonly Choice[];
  chosen: readonly string[];
  actions: FilterActions;
  vanished: boolean;
}

function DimensionMenu({ name, choices, chosen, actions, vanished }: DimensionMenuProps) {
  const t = useT('inventory');
  const format = useFormat();
  return (
    <Menu
      align="start"
      trigger={
        <Button size="sm" className={chosen.length > 0 ? 'border-accent! text-accent-text' : undefined}>
          {t(`filter.${name}`)}
          {chosen.length > 0 ? <span className="num">{chosen.length}</span> : null}
          <ChevronDown aria-hidden className="size-3! text-ink-3" />
        </Button>
      }
    >
      {choices.map((choice) => (
        <MenuToggle
          key={choice.value}
          checked={chosen.includes(choice.value)}
          onChange={(on) => actions.toggle(name, choice.value, on)}
        >
          <span className="min-w-0 flex-1 truncate">{choice.label}</span>
          <span className="num ml-6 text-xs text-ink-3">{format.number(choice.count)}</span>
        </MenuToggle>
      ))}
      {name === 'state' ? (
        <>
          <MenuSeparator />
          <MenuToggle checked={vanished} onChange={actions.setVanished}>
            {t('filter.vanished')}
          </MenuToggle>
        </>
      ) : null}
    </Menu>
  );
}

/** The filters in force, each with a way to drop it. */
export function ResourceChips({ filters, actions }: FilterBarProps) {
  const t = useT('inventory');
  const labels = useLabels();
  const place = useWorkspacePlace();
  const { data: accounts } = useQuery(accountsQuery(place));
  const { data: summary } = useQuery(summaryQuery(place, filters.vanished ? 'vanished=true' : ''));
  const choices = useChoices(summary);
  const labelOf = (name: Dimension, value: string): string =>
    name === 'account'
      ? (accounts?.find((account) => account.id === value)?.name ?? value)
      : (choices[name].find((choice) => choice.value === value)?.label ??
        (name === 'type' ? labels.type(value) : value));
  const chips: FilterChip[] = dimensions.flatMap((name) =>
    filters.values[name].map((value) => ({
      id: `${name} ${value}`,
      label: t(`filter.${name}`),
      value: labelOf(name, value),
      onRemove: () => actions.toggle(name, value, false),
    })),
  );
  if (filters.vanished)
    chips.push({
      id: 'vanished',
      label: t('filter.state'),
      value: t('filter.vanished'),
      onRemove: () => actions.setVanished(false),
    });
  return <FilterChips chips={chips} onClear={actions.clear} />;
}
