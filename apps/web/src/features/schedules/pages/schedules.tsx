import type { Schedule } from '@cloudatlas/contracts/schedules';
import { useInfiniteQuery } from '@tanstack/react-query';
import { CalendarClock, CalendarOff, Plus } from 'lucide-react';
import { Suspense } from 'react';
import { Link, Outlet, useLocation, useNavigate, useParams } from 'react-router';
import { useT } from '@/app/i18n.ts';
import { lazyNamed } from '@/app/lazy-named.ts';
import { usePagedRows } from '@/app/paged-rows.tsx';
import { useDenial } from '@/app/scope.tsx';
import { useFilters } from '@/app/search-params.ts';
import { Page } from '@/app/shell/page.tsx';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { Gated } from '@/features/costs/control/plan-gate.tsx';
import { Button } from '@/ui/button.tsx';
import { DataTable } from '@/ui/data-table/data-table.tsx';
import { FilterSearch } from '@/ui/filter-bar.tsx';
import { Select } from '@/ui/select.tsx';
import { Skeleton } from '@/ui/skeleton.tsx';
import { EmptyState, NoPermission } from '@/ui/states.tsx';
import { useScheduleColumns } from '../columns.tsx';
import { useSchedulesLive } from '../live.ts';
import { useSchedulePaths } from '../paths.ts';
import { schedulesCsvUrl, schedulesQuery } from '../queries.ts';
import { useScheduleActions } from '../use-actions.tsx';

const ScheduleDialog = lazyNamed(() =>
  import('../edit/schedule-dialog.tsx').then((module) => module.ScheduleDialog),
);
const WeekGrid = lazyNamed(() => import('../week/week-grid.tsx').then((module) => module.WeekGrid));

/** What is started, stopped and resized by the clock; the detail of one opens beside the list. */
export function Schedules() {
  const t = useT('schedules');
  const denial = useDenial('schedules:read');
  const mayWrite = useDenial('schedules:write');
  const to = useSchedulePaths();
  const [, patch] = useFilters(['edit']);
  return (
    <Page
      title={t('title')}
      description={t('text')}
      actions={
        denial === undefined ? (
          <>
            <Button asChild>
              <Link to={to.calendars}>
                <CalendarOff /> {t('calendars.title')}
              </Link>
            </Button>
            <Button variant="primary" disabledReason={mayWrite} onClick={() => patch({ edit: 'new' })}>
              <Plus /> {t('create')}
            </Button>
          </>
        ) : undefined
      }
    >
      {denial === undefined ? (
        <Gated feature="schedules" name={t('title')}>
          <Content />
        </Gated>
      ) : (
        <NoPermission need={t('title')} />
      )}
    </Page>
  );
}

function Content() {
  const t = useT('schedules');
  const place = useWorkspacePlace();
  const navigate = useNavigate();
  const { search } = useLocation();
  const { scheduleId } = useParams();
  const to = useSchedulePaths();
  const mayWrite = useDenial('schedules:write');
  const [filters, patch] = useFilters(['q', 'operation', 'enabled', 'edit', 'resource']);
  const { edit, resource, ...asked } = filters;
  useSchedulesLive();
  const query = useInfiniteQuery(schedulesQuery(place, asked));
  const paged = usePagedRows(query);
  const { rows } = paged;
  const actions = useScheduleActions((schedule) => patch({ edit: schedule.id }));
  const columns = useScheduleColumns(actions, search);
  const filtered = asked.q !== undefined || asked.operation !== undefined || asked.enabled !== undefined;
  const editing = rows?.find(({ id }) => id === edit);
  return (
    <>
      {rows !== undefined && rows.some((row) => row.enabled) ? (
        // As high as what comes, so that the table below does not jump.
        <Suspense fallback={<Skeleton className="h-72 w-full" />}>
          <WeekGrid schedules={rows} />
        </Suspense>
      ) : null}
      <DataTable<Schedule>
        id="schedules"
        label={t('title')}
        columns={columns}
        {...paged}
        rowKey={(row) => row.id}
        rowName={(row) => `${row.name} (${t(`operation.${row.operation}`)})`}
        onOpen={(row) => void navigate(to.schedule(row.id, search), { preventScrollReset: true })}
        openKey={scheduleId}
        onExport={() => window.location.assign(schedulesCsvUrl(place, asked))}
        filters={<Filters filters={asked} onChange={patch} />}
        renderRowActions={actions.items}
        empty={
          filtered ? (
            <EmptyState
              icon={CalendarClock}
              title={t('empty.noMatchTitle')}
              action={
                <Button onClick={() => patch({ q: null, operation: null, enabled: null })}>
                  {t('ui:table.clearFilters')}
                </Button>
              }
            >
              {t('empty.noMatchText')}
            </EmptyState>
          ) : (
            <EmptyState
              icon={CalendarClock}
              title={t('empty.title')}
              action={
                <Button variant="primary" disabledReason={mayWrite} onClick={() => patch({ edit: 'new' })}>
                  <Plus /> {t('create')}
                </Button>
              }
            >
              {t('empty.text')}
            </EmptyState>
          )
        }
      />
      {actions.dialogs}
      {edit === 'new' || editing !== undefined ? (
        <Suspense fallback={null}>
          <ScheduleDialog
            key={edit}
            schedule={editing}
            resourceId={resource}
            onClose={() => patch({ edit: null, resource: null })}
          />
        </Suspense>
      ) : null}
      <Outlet />
    </>
  );
}

function Filters({
  filters,
  onChange,
}: {
  filters: { q?: string; operation?: string; enabled?: string };
  onChange: (patch: Record<string, string | null>) => void;
}) {
  const t = useT('schedules');
  return (
    <>
      <FilterSearch label={t('filter.search')} value={filters.q ?? ''} onChange={(q) => onChange({ q })} />
      <Select
        dense
        className="w-32"
        aria-label={t('column.operation')}
        placeholder={t('filter.anyOperation')}
        value={filters.operation ?? ''}
        onChange={(event) => onChange({ operation: event.target.value })}
        options={(['start', 'stop', 'resize'] as const).map((value) => ({
          value,
          label: t(`operation.${value}`),
        }))}
      />
      <Select
        dense
        className="w-40"
        aria-label={t('column.enabled')}
        placeholder={t('filter.anyState')}
        value={filters.enabled ?? ''}
        onChange={(event) => onChange({ enabled: event.target.value })}
        options={[
          { value: 'true', label: t('filter.on') },
          { value: 'false', label: t('filter.off') },
        ]}
      />
    </>
  );
}
