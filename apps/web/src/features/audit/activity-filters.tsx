import type { AuditOutcome } from '@cloudatlas/contracts/audit';
import { useQuery } from '@tanstack/react-query';
import { useT } from '@/app/i18n.ts';
import { useOrganization } from '@/app/scope.tsx';
import { FilterChips, type FilterChip } from '@/ui/data-table/filter-chips.tsx';
import { FilterSearch } from '@/ui/filter-bar.tsx';
import { Input } from '@/ui/input.tsx';
import { Select } from '@/ui/select.tsx';
import { useActionName } from './action-name.ts';
import { periods } from './period.ts';
import { auditActionsQuery } from './queries.ts';

/** Filters in the URL. `from` and `to` are days and count only with period `custom`. */
export const filterNames = ['action', 'provider', 'outcome', 'actor', 'period', 'from', 'to'] as const;
export type FilterValues = Partial<Record<(typeof filterNames)[number], string>>;

const outcomes: readonly AuditOutcome[] = ['success', 'failure', 'denied'];
const providers = ['aws', 'azure', 'gcp', 'm365', 'kubernetes'] as const;

interface ActivityFiltersProps {
  values: FilterValues;
  onChange: (patch: Record<string, string | null>) => void;
}

/** The controls left of the toolbar. */
export function ActivityFilters({ values, onChange }: ActivityFiltersProps) {
  const t = useT('audit');
  const organization = useOrganization();
  const actionName = useActionName();
  const { data: actions = [] } = useQuery(auditActionsQuery(organization.slug));
  return (
    <div className="flex min-w-0 basis-full flex-wrap items-center gap-2 lg:flex-1 lg:basis-0">
      <FilterSearch
        label={t('filter.actor')}
        value={values.actor ?? ''}
        onChange={(actor) => onChange({ actor })}
      />
      <Select
        dense
        className="w-[calc(50%-0.25rem)] sm:w-40"
        aria-label={t('filter.action')}
        placeholder={t('filter.anyAction')}
        value={values.action ?? ''}
        onChange={(event) => onChange({ action: event.target.value })}
        options={actions.map((action) => ({ value: action, label: actionName(action) }))}
      />
      <Select
        dense
        className="w-[calc(50%-0.25rem)] sm:w-32"
        aria-label={t('filter.outcome')}
        placeholder={t('filter.anyOutcome')}
        value={values.outcome ?? ''}
        onChange={(event) => onChange({ outcome: event.target.value })}
        options={outcomes.map((outcome) => ({ value: outcome, label: t(`outcome.${outcome}`) }))}
      />
      <Select
        dense
        className="w-[calc(50%-0.25rem)] sm:w-32"
        aria-label={t('filter.provider')}
        placeholder={t('filter.anyProvider')}
        value={values.provider ?? ''}
        onChange={(event) => onChange({ provider: event.target.value })}
        options={providers.map((provider) => ({ value: provider, label: t(`ui:provider.${provider}`) }))}
      />
      <Select
        dense
        className="w-[calc(50%-0.25rem)] sm:w-36"
        aria-label={t('filter.period')}
        placeholder={t('filter.anyPeriod')}
        value={values.period ?? ''}
        onChange={(event) => onChange({ period: event.target.value, from: null, to: null })}
        options={periods.map((period) => ({ value: period, label: t(`period.${period}`) }))}
      />
      {values.period === 'custom' ? (
        <span className="flex items-center gap-1.5">
          {(['from', 'to'] as const).map((name) => (
            <Input
              key={name}
              type="date"
              aria-label={t(`filter.${name}`)}
              dense
              className="w-36!"
              value={values[name] ?? ''}
              onChange={(event) => onChange({ [name]: event.target.value })}
            />
          ))}
        </span>
      ) : null}
    </div>
  );
}

interface ActivityChipsProps extends ActivityFiltersProps {
  onClear: () => void;
}

/** The filters in force as chips. */
export function ActivityChips({ values, onChange, onClear }: ActivityChipsProps) {
  const t = useT('audit');
  const actionName = useActionName();
  const words: Record<(typeof filterNames)[number], (value: string) => string> = {
    action: actionName,
    provider: (value) => t(`ui:provider.${value}`),
    outcome: (value) => t(`outcome.${value}`),
    actor: (value) => value,
    period: (value) => t(`period.${value}`),
    from: (value) => value,
    to: (value) => value,
  };
  const chips = filterNames.flatMap((name): FilterChip[] => {
    const value = values[name];
    if (value === undefined) return [];
    return [
      {
        id: name,
        label: t(`filter.${name}`),
        value: words[name](value),
        onRemove: () => onChange({ [name]: null }),
      },
    ];
  });
  return <FilterChips chips={chips} onClear={onClear} />;
}
