import { useQuery } from '@tanstack/react-query';
import { useT } from '@/app/i18n.ts';
import { useLabels } from '@/features/accounts/labels.ts';
import { accountsQuery, useWorkspacePlace } from '@/features/accounts/queries.ts';
import { FilterChips, type FilterChip } from '@/ui/data-table/filter-chips.tsx';
import { FilterBar, FilterMenu, FilterSearch, type FilterChoice } from '@/ui/filter-bar.tsx';
import { MenuSeparator, MenuToggle } from '@/ui/menu.tsx';
import { dimensions, type Dimension, type FilterActions, type ResourceFilters } from './filters.ts';
import { summaryQuery, type ResourceSummaryView } from './queries.ts';

interface FilterBarProps {
  filters: ResourceFilters;
  actions: FilterActions;
}

/** Sums the counts of rows that share a value. */
function tally<Row extends { count: number }>(
  rows: readonly Row[],
  valueOf: (row: Row) => string,
  labelOf: (row: Row) => string,
): FilterChoice[] {
  const found = new Map<string, FilterChoice & { count: number }>();
  for (const row of rows) {
    const value = valueOf(row);
    const known = found.get(value);
    if (known === undefined) found.set(value, { value, label: labelOf(row), count: row.count });
    else known.count += row.count;
  }
  return [...found.values()].toSorted((a, b) => a.label.localeCompare(b.label));
}

/** What can be chosen in each dimension, over the whole workspace. */
function useChoices(summary: ResourceSummaryView | undefined): Record<Dimension, FilterChoice[]> {
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
export function ResourceFilterBar({ filters, actions }: FilterBarProps) {
  const t = useT('inventory');
  const place = useWorkspacePlace();
  const { data } = useQuery(summaryQuery(place, filters.vanished ? 'vanished=true' : ''));
  const choices = useChoices(data);
  return (
    <FilterBar label={t('filter.label')}>
      <FilterSearch label={t('filter.search')} value={filters.q} onChange={actions.setQ} />
      {dimensions
        // One provider or account is no choice.
        .filter((name) => choices[name].length > 1 || filters.values[name].length > 0)
        .map((name) => (
          <FilterMenu
            key={name}
            label={t(`filter.${name}`)}
            choices={choices[name]}
            chosen={filters.values[name]}
            onToggle={(value, on) => actions.toggle(name, value, on)}
          >
            {name === 'state' ? (
              <>
                <MenuSeparator />
                <MenuToggle checked={filters.vanished} onChange={actions.setVanished}>
                  {t('filter.vanished')}
                </MenuToggle>
              </>
            ) : null}
          </FilterMenu>
        ))}
    </FilterBar>
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
