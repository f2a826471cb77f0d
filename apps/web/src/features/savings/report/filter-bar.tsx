import type { SavingsSummary } from '@cloudatlas/contracts/finops';
import { useQuery } from '@tanstack/react-query';
import { ChevronDown, Search } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useFormat } from '@/app/format.ts';
import { useT } from '@/app/i18n.ts';
import { useOrganization } from '@/app/scope.tsx';
import { useLabels } from '@/features/accounts/labels.ts';
import { accountsQuery, useWorkspacePlace } from '@/features/accounts/queries.ts';
import { membersQuery } from '@/features/tenancy/queries.ts';
import { Button } from '@/ui/button.tsx';
import { FilterChips } from '@/ui/data-table/filter-chips.tsx';
import { Input } from '@/ui/input.tsx';
import { Menu, MenuToggle } from '@/ui/menu.tsx';
import { dimensions, type Dimension, type FilterActions, type SavingsFilters } from '../filters.ts';
import { useLocal } from '../words.ts';

interface FilterBarProps {
  filters: SavingsFilters;
  actions: FilterActions;
  summary: SavingsSummary | undefined;
}

interface Choice {
  value: string;
  label: string;
  /** Open findings; null where nobody counted. */
  count: number | null;
}

const statuses = ['open', 'applying', 'applied', 'needs_attention', 'dismissed', 'expired'] as const;

/** What can be chosen in each dimension. */
function useChoices(summary: SavingsSummary | undefined): Record<Dimension, Choice[]> {
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
export function FilterBar({ filters, actions, summary }: FilterBarProps) {
  const t = useT('savings');
  const choices = useChoices(summary);
  return (
    <div
      role="group"
      aria-label={t('filter.label')}
      className="flex min-w-0 basis-full flex-wrap items-center gap-1.5 xl:flex-1 xl:basis-0"
    >
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
          />
        ))}
    </div>
  );
}

/** Follows the URL; what is typed reaches it after a moment, so the list does not run behind every key. */
function SearchInput({ value, onChange }: { value: string; onChange: (q: string) => void }) {
  const t = useT('savings');
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
    <div className="relative w-full sm:w-56">
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
}

function DimensionMenu({ name, choices, chosen, actions }: DimensionMenuProps) {
  const t = useT('savings');
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
          <span className="max-w-72 min-w-0 flex-1 truncate">{choice.label}</span>
          {choice.count === null ? null : (
            <span className="num ml-6 text-xs text-ink-3">{format.number(choice.count)}</span>
          )}
        </MenuToggle>
      ))}
    </Menu>
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
