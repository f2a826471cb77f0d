import type { RuleView } from '@cloudatlas/contracts/finops';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ScrollText } from 'lucide-react';
import { useMemo } from 'react';
import { Link, Outlet, useNavigate, useParams, useSearchParams } from 'react-router';
import { useT } from '@/app/i18n.ts';
import { explainError } from '@/app/problem.ts';
import { useDenial } from '@/app/scope.tsx';
import { useFilters } from '@/app/search-params.ts';
import { Page } from '@/app/shell/page.tsx';
import { useLabels } from '@/features/accounts/labels.ts';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { Badge } from '@/ui/badge.tsx';
import { Button } from '@/ui/button.tsx';
import { Switch } from '@/ui/choice.tsx';
import { DataTable } from '@/ui/data-table/data-table.tsx';
import type { Column } from '@/ui/data-table/types.ts';
import { Input } from '@/ui/input.tsx';
import { Select } from '@/ui/select.tsx';
import { EmptyState, NoPermission } from '@/ui/states.tsx';
import { toast } from '@/ui/toast-store.ts';
import { useSavingsPaths } from '../paths.ts';
import { rulesQuery, savingsApi } from '../queries.ts';
import { SavingsTabs } from '../section.tsx';
import { undoTones, useLocal } from '../words.ts';

const categories = [
  'idle',
  'orphan',
  'rightsize',
  'modernize',
  'schedule',
  'storage',
  'licence',
  'commitment',
  'hygiene',
] as const;

/** Every rule there is: when it fires, what it needs, and whether it looks at this organization. */
export function Rules() {
  const t = useT('savings');
  const denial = useDenial('finops:read');
  return (
    <Page title={t('rules.title')} description={t('rules.text')}>
      <SavingsTabs />
      {denial === undefined ? <RuleTable /> : <NoPermission need={t('rules.title')} />}
    </Page>
  );
}

function RuleTable() {
  const t = useT('savings');
  const local = useLocal();
  const labels = useLabels();
  const to = useSavingsPaths();
  const navigate = useNavigate();
  const { ruleId } = useParams();
  const [params] = useSearchParams();
  const [filters, setFilters] = useFilters(['q', 'category', 'provider', 'state']);
  const { data, error, refetch } = useQuery(rulesQuery(useWorkspacePlace()));
  const columns = useColumns(params.toString());
  const providers = [...new Set(data?.map((rule) => rule.provider))];
  const rows = useMemo(() => {
    const words = (filters.q ?? '').toLowerCase().split(/\s+/).filter(Boolean);
    return data?.filter((rule) => {
      const text = `${rule.id} ${local(rule.title)} ${labels.type(rule.resourceType)}`.toLowerCase();
      return (
        words.every((word) => text.includes(word)) &&
        (filters.category === undefined || rule.category === filters.category) &&
        (filters.provider === undefined || rule.provider === filters.provider) &&
        (filters.state === undefined || (filters.state === 'on') === rule.enabled)
      );
    });
    // eslint-disable-next-line react-hooks/exhaustive-deps -- labels follow the language, as `local` does
  }, [data, filters, local]);
  return (
    <>
      <DataTable<RuleView>
        id="saving-rules"
        label={t('rules.title')}
        columns={columns}
        rows={rows}
        rowKey={(row) => row.id}
        rowName={(row) => local(row.title)}
        error={error}
        onRetry={() => void refetch()}
        onOpen={(row) => void navigate(to.rule(row.id, params.toString()), { preventScrollReset: true })}
        openKey={ruleId}
        filters={
          <div className="flex flex-wrap items-center gap-1.5">
            <Input
              dense
              type="search"
              className="w-full sm:w-56"
              aria-label={t('rules.search')}
              placeholder={t('rules.search')}
              value={filters.q ?? ''}
              onChange={({ target: { value } }) => setFilters({ q: value })}
            />
            <Select
              dense
              className="w-40"
              aria-label={t('filter.category')}
              placeholder={t('rules.anyCategory')}
              value={filters.category ?? ''}
              onChange={({ target: { value } }) => setFilters({ category: value })}
              options={categories.map((value) => ({ value, label: t(`category.${value}`) }))}
            />
            {providers.length < 2 ? null : (
              <Select
                dense
                className="w-36"
                aria-label={t('filter.provider')}
                placeholder={t('rules.anyProvider')}
                value={filters.provider ?? ''}
                onChange={({ target: { value } }) => setFilters({ provider: value })}
                options={providers.map((value) => ({ value, label: labels.provider(value) }))}
              />
            )}
            <Select
              dense
              className="w-32"
              aria-label={t('rules.state')}
              placeholder={t('rules.anyState')}
              value={filters.state ?? ''}
              onChange={({ target: { value } }) => setFilters({ state: value })}
              options={(['on', 'off'] as const).map((value) => ({ value, label: t(`rules.${value}`) }))}
            />
          </div>
        }
        empty={
          <EmptyState
            icon={ScrollText}
            title={t('rules.noneTitle')}
            action={
              <Button onClick={() => setFilters({ q: null, category: null, provider: null, state: null })}>
                {t('ui:table.clearFilters')}
              </Button>
            }
          />
        }
      />
      <Outlet />
    </>
  );
}

/** On or off for the whole organization. */
export function RuleSwitch({ rule }: { rule: RuleView }) {
  const t = useT('savings');
  const local = useLocal();
  const place = useWorkspacePlace();
  const client = useQueryClient();
  const denial = useDenial('finops:configure');
  const { queryKey } = rulesQuery(place);
  const change = useMutation({
    mutationFn: (enabled: boolean) => savingsApi.changeRule(place, rule.id, { enabled }),
    onSuccess: (next) =>
      client.setQueryData(queryKey, (before) => before?.map((each) => (each.id === next.id ? next : each))),
    onError: (error) => toast.error(explainError(error)),
  });
  return (
    <Switch
      className="align-middle"
      aria-label={t('rules.toggle', { name: local(rule.title) })}
      title={denial}
      disabled={denial !== undefined || change.isPending}
      checked={change.isPending ? change.variables : rule.enabled}
      onCheckedChange={(on) => change.mutate(on)}
    />
  );
}

function useColumns(search: string): readonly Column<RuleView>[] {
  const t = useT('savings');
  const local = useLocal();
  const labels = useLabels();
  const to = useSavingsPaths();
  return [
    {
      id: 'title',
      header: t('rules.rule'),
      fixed: true,
      value: (row) => local(row.title),
      cell: (row) => (
        <span className="flex min-w-0 items-center gap-2">
          <Link
            to={to.rule(row.id, search)}
            title={local(row.title)}
            className="min-w-0 truncate font-medium hover:text-accent-text"
          >
            {local(row.title)}
          </Link>
          {row.snoozedUntil === null ? null : <Badge tone="warn">{t('rules.snoozed')}</Badge>}
        </span>
      ),
    },
    {
      id: 'type',
      header: t('column.type'),
      width: '11rem',
      from: 'sm',
      value: (row) => labels.type(row.resourceType),
      cell: (row) => <span className="text-ink-2">{labels.type(row.resourceType)}</span>,
    },
    {
      id: 'category',
      header: t('filter.category'),
      width: '9rem',
      from: 'md',
      value: (row) => t(`category.${row.category}`),
      cell: (row) => <span className="text-ink-2">{t(`category.${row.category}`)}</span>,
    },
    {
      id: 'confidence',
      header: t('column.confidence'),
      width: '7rem',
      from: 'lg',
      value: (row) => row.confidence,
      cell: (row) => <span className="text-ink-2">{t(`grade.${row.confidence}`)}</span>,
    },
    {
      id: 'effort',
      header: t('column.effort'),
      width: '6rem',
      from: 'lg',
      value: (row) => row.effort,
      cell: (row) => <span className="text-ink-2">{t(`effort.${row.effort}`)}</span>,
    },
    {
      id: 'undo',
      header: t('column.undo'),
      width: '7rem',
      from: 'md',
      value: (row) => row.undoClass,
      cell: (row) =>
        row.action === null ? (
          <Badge>{t('advice')}</Badge>
        ) : (
          <Badge tone={undoTones[row.undoClass]}>{t(`undo.${row.undoClass}`)}</Badge>
        ),
    },
    {
      id: 'enabled',
      header: t('rules.enabled'),
      width: '6rem',
      align: 'right',
      value: (row) => (row.enabled ? 1 : 0),
      cell: (row) => <RuleSwitch rule={row} />,
    },
  ];
}
