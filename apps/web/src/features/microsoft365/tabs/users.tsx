import { useInfiniteQuery } from '@tanstack/react-query';
import { KeyRound, UserRound } from 'lucide-react';
import { Suspense, useState } from 'react';
import { useT } from '@/app/i18n.ts';
import { lazyNamed } from '@/app/lazy-named.ts';
import { useDenial } from '@/app/scope.tsx';
import { useFilters } from '@/app/search-params.ts';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { Button } from '@/ui/button.tsx';
import { DataTable } from '@/ui/data-table/data-table.tsx';
import { MenuItem } from '@/ui/menu.tsx';
import { Select } from '@/ui/select.tsx';
import { FilterSearch } from '@/ui/filter-bar.tsx';
import { EmptyState } from '@/ui/states.tsx';
import { activities, activityConditions, activeDays, conditions, idleDays } from '../conditions.ts';
import { userAttributes } from '../facts.ts';
import { LastChange } from '../licences/last-change.tsx';
import type { LicenceChange } from '../licences/changes.ts';
import { rowsQuery, types, type Row } from '../queries.ts';
import { useTenants } from '../tenant.tsx';
import { usePages } from '../use-pages.ts';
import { useSubscriptions } from '../use-subscriptions.ts';
import { useUserColumns, userSorts } from '../user-columns.tsx';

const LicenceDialog = lazyNamed(() =>
  import('../licences/licence-dialog.tsx').then((module) => module.LicenceDialog),
);

const names = ['q', 'activity', 'licence', 'mfa', 'admins', 'state', 'sort'] as const;
/** The value of the licence filter for users without any. */
const none = '-';

/** Users with their last sign-in and licences; licences are assigned and removed here. */
export function UsersTab() {
  const t = useT('microsoft365');
  const place = useWorkspacePlace();
  const { tenant } = useTenants();
  const [filters, patch] = useFilters(names);
  const denial = useDenial('resources:operate');
  const { rows: subscriptions = [] } = useSubscriptions();
  const [asking, setAsking] = useState<readonly Row[]>([]);
  const [change, setChange] = useState<LicenceChange>();
  const activity = activities.find((one) => one === filters.activity);
  const columns = useUserColumns();
  const question = {
    type: [types.user],
    attribute: userAttributes,
    account: tenant,
    q: filters.q,
    state: filters.state,
    where: [
      ...(activity === undefined ? [] : activityConditions(activity)),
      ...(filters.licence === undefined
        ? []
        : [filters.licence === none ? conditions.unlicensed : conditions.holds(filters.licence)]),
      ...(filters.mfa === undefined ? [] : [conditions.mfa(filters.mfa === 'yes'), conditions.enabled]),
      ...(filters.admins === undefined ? [] : [conditions.admins]),
    ],
    sort: filters.sort ?? 'name',
  };
  const pages = usePages({
    query: useInfiniteQuery(rowsQuery(place, question)),
    question,
    columns,
    sortable: userSorts,
    file: 'm365-users',
    onSort: (sort) => patch({ sort }),
  });
  const filtered = names.some((name) => name !== 'sort' && filters[name] !== undefined);
  const select = (
    name: 'activity' | 'licence' | 'mfa' | 'state',
    options: { value: string; label: string }[],
  ) => (
    <Select
      dense
      className="w-40"
      aria-label={t(`users.filter.${name}`)}
      placeholder={t(`users.any.${name}`)}
      value={filters[name] ?? ''}
      options={options}
      onChange={(event) => patch({ [name]: event.target.value, admins: null })}
    />
  );
  return (
    <>
      {change === undefined ? null : <LastChange change={change} onDone={() => setChange(undefined)} />}
      <DataTable<Row>
        id="m365-users"
        label={t('tab.users')}
        columns={columns}
        rowKey={(row) => row.id}
        rowName={(row) => row.name}
        {...pages}
        filters={
          <>
            <FilterSearch label={t('search')} value={filters.q ?? ''} onChange={(q) => patch({ q })} />
            {select(
              'activity',
              activities.map((value) => ({
                value,
                label: t(`users.activity.${value}`, { active: activeDays, idle: idleDays }),
              })),
            )}
            {select('licence', [
              { value: none, label: t('users.noLicence') },
              ...subscriptions.map(({ row, facts }) => ({ value: facts.sku, label: row.name })),
            ])}
            {select('mfa', [
              { value: 'yes', label: t('users.mfa.yes') },
              { value: 'no', label: t('users.mfa.no') },
            ])}
            {select('state', [
              { value: 'active', label: t('users.state.active') },
              { value: 'stopped', label: t('users.state.stopped') },
            ])}
          </>
        }
        renderRowActions={(row) => (
          <MenuItem disabledReason={denial} onSelect={() => setAsking([row])}>
            <KeyRound /> {t('licences.change')}
          </MenuItem>
        )}
        renderBulkActions={(selected) => (
          <Button size="sm" disabledReason={denial} onClick={() => setAsking(selected)}>
            <KeyRound /> {t('licences.change')}
          </Button>
        )}
        empty={
          <EmptyState
            icon={UserRound}
            title={t('users.emptyTitle')}
            action={
              filtered ? (
                <Button
                  onClick={() =>
                    patch(Object.fromEntries(names.filter((n) => n !== 'sort').map((n) => [n, null])))
                  }
                >
                  {t('ui:table.clearFilters')}
                </Button>
              ) : undefined
            }
          >
            {filtered ? t('noMatch') : t('users.emptyText')}
          </EmptyState>
        }
      />
      {asking.length === 0 ? null : (
        <Suspense fallback={null}>
          <LicenceDialog
            users={asking}
            subscriptions={subscriptions}
            onClose={() => setAsking([])}
            onChanged={setChange}
          />
        </Suspense>
      )}
    </>
  );
}
