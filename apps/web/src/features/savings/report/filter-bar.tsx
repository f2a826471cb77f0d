import type { SavingsSummary } from '@cloudatlas/contracts/finops';
import { useQuery } from '@tanstack/react-query';
import { useT } from '@/app/i18n.ts';
import { useOrganization } from '@/app/scope.tsx';
import { useLabels } from '@/features/accounts/labels.ts';
import { accountsQuery, useWorkspacePlace } from '@/features/accounts/queries.ts';
import { membersQuery } from '@/features/tenancy/queries.ts';
import { FilterChips } from '@/ui/data-table/filter-chips.tsx';
import { FilterBar, FilterMenu, FilterSearch, type FilterChoice } from '@/ui/filter-bar.tsx';
import { dimensions, type Dimension, type FilterActions, type SavingsFilters } from '../filters.ts';
import { useLocal } from '../words.ts';

interface FilterBarProps {
  filters: SavingsFilters;
  actions: FilterActions;
  summary: SavingsSummary | undefined;
}

const statuses = ['open', 'applying', 'applied', 'needs_attention', 'dismissed', 'expired'] as const;

/** What can be chosen in each dimension. */
function useChoices(summary: SavingsSummary | undefined): Record<Dimension, FilterChoice[]> {
  const t = useT('savings');
  const local = useLocal();
  const labels = useLabels();
  const organization = useOrganization();
  const { data: accounts } = useQuery(accountsQuery(useWorkspacePlace()));
  const { data: members } = useQuery(membersQuery(organization.slug));
  return {
    status: statuses.map((value) => ({ value, label: t(`status.${value}`), count: null })),
    priority: (summary?.byPriority ?? []).map(({ priority, count }) => ({
      value: priority,
      label: t(`priority.${priority}`),
      count,
    })),
    category: (summary?.byCategory ?? []).map(({ category, count }) => ({
      value: category,
      label: t(`category.${category}`),
      count,
    })),
    provider: (summary?.byProvider ?? []).map(({ provider, count }) => ({
      value: provider,
      label: labels.provider(provider),
      count,
    })),
    account: (accounts ?? []).map(({ id, name }) => ({ value: id, label: name, count: null })),
    // Regions come by link, from "why not": a list of all would be long and say little.
    region: [],
    rule: (summary?.byRule ?? []).map((rule) => ({
      value: rule.ruleId,
      label: local(rule.title),
      count: rule.count,
    })),
    assignee: [
      { value: 'me', label: t('assignee.me'), count: null },
      { value: 'none', label: t('assignee.none'), count: null },
      ...(members ?? []).map(({ userId, name }) => ({ value: userId, label: name, count: null })),
    ],
  };
}

/** Search, and a menu for each dimension. */
export function SavingsFilterBar({ filters, actions, summary }: FilterBarProps) {
  const t = useT('savings');
  const choices = useChoices(summary);
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
          />
        ))}
    </FilterBar>
  );
}

/** The filters in force, each with a way to drop it. */
export function SavingsChips({ filters, actions, summary }: FilterBarProps) {
  const t = useT('savings');
  const labels = useLabels();
  const choices = useChoices(summary);
  const labelOf = (name: Dimension, value: string): string =>
    name === 'region'
      ? labels.region(value)
      : (choices[name].find((choice) => choice.value === value)?.label ?? value);
  return (
    <FilterChips
      chips={dimensions.flatMap((name) =>
        filters.values[name].map((value) => ({
          id: `${name} ${value}`,
          label: t(`filter.${name}`),
          value: labelOf(name, value),
          onRemove: () => actions.toggle(name, value, false),
        })),
      )}
      onClear={actions.clear}
    />
  );
}
