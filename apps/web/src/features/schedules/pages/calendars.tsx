import type { HolidayCalendar } from '@cloudatlas/contracts/schedules';
import { useQuery } from '@tanstack/react-query';
import { ArrowLeft, CalendarOff, Plus } from 'lucide-react';
import { Suspense, useState } from 'react';
import { Link } from 'react-router';
import { useT } from '@/app/i18n.ts';
import { lazyNamed } from '@/app/lazy-named.ts';
import { useDenial, useOrganization } from '@/app/scope.tsx';
import { useFilters } from '@/app/search-params.ts';
import { Page } from '@/app/shell/page.tsx';
import { Gated } from '@/features/costs/control/plan-gate.tsx';
import { Button } from '@/ui/button.tsx';
import { Card } from '@/ui/card.tsx';
import { DataTable } from '@/ui/data-table/data-table.tsx';
import type { Column } from '@/ui/data-table/types.ts';
import { Select } from '@/ui/select.tsx';
import { SkeletonLines } from '@/ui/skeleton.tsx';
import { EmptyState, NoPermission } from '@/ui/states.tsx';
import { countries, useHolidayNames } from '../holiday-names.ts';
import { useSchedulePaths } from '../paths.ts';
import { calendarsQuery, nationalQuery } from '../queries.ts';
import { useDateWords } from '../words.ts';

const CalendarDialog = lazyNamed(() =>
  import('../edit/calendar-dialog.tsx').then((module) => module.CalendarDialog),
);

/** Days on which schedules do not run: the organization's own, and the national holidays that are known. */
export function Calendars() {
  const t = useT('schedules');
  const to = useSchedulePaths();
  const denial = useDenial('schedules:read');
  const mayWrite = useDenial('schedules:write');
  const [, patch] = useFilters(['calendar']);
  return (
    <Page
      title={t('calendars.title')}
      description={t('calendars.text')}
      actions={
        denial === undefined ? (
          <>
            <Button asChild>
              <Link to={to.list}>
                <ArrowLeft /> {t('title')}
              </Link>
            </Button>
            <Button variant="primary" disabledReason={mayWrite} onClick={() => patch({ calendar: 'new' })}>
              <Plus /> {t('calendars.create')}
            </Button>
          </>
        ) : undefined
      }
    >
      {denial === undefined ? (
        <Gated feature="schedules" name={t('title')}>
          <Own />
          <National />
        </Gated>
      ) : (
        <NoPermission need={t('title')} />
      )}
    </Page>
  );
}

function Own() {
  const t = useT('schedules');
  const { slug } = useOrganization();
  const [{ calendar: openId }, patch] = useFilters(['calendar']);
  const query = useQuery(calendarsQuery(slug));
  const open = query.data?.find(({ id }) => id === openId);
  const columns = useColumns();
  return (
    <>
      <DataTable<HolidayCalendar>
        id="schedule-calendars"
        label={t('calendars.title')}
        columns={columns}
        rows={query.data}
        rowKey={(row) => row.id}
        rowName={(row) => row.name}
        error={query.error}
        onRetry={() => void query.refetch()}
        onOpen={(row) => patch({ calendar: row.id })}
        openKey={openId}
        empty={
          <EmptyState icon={CalendarOff} title={t('calendars.emptyTitle')}>
            {t('calendars.emptyText')}
          </EmptyState>
        }
      />
      {openId === 'new' || open !== undefined ? (
        <Suspense fallback={null}>
          <CalendarDialog key={openId} calendar={open} onClose={() => patch({ calendar: null })} />
        </Suspense>
      ) : null}
    </>
  );
}

function useColumns(): readonly Column<HolidayCalendar>[] {
  const t = useT('schedules');
  return [
    {
      id: 'name',
      header: t('column.name'),
      fixed: true,
      value: (row) => row.name,
      cell: (row) => <span className="font-medium">{row.name}</span>,
    },
    {
      id: 'dates',
      header: t('calendars.dates'),
      width: '8rem',
      align: 'right',
      value: (row) => row.dates.length,
      cell: (row) => <span className="num">{row.dates.length}</span>,
    },
    {
      id: 'usedBy',
      header: t('calendars.usedBy'),
      width: '9rem',
      align: 'right',
      value: (row) => row.usedBy,
      cell: (row) => <span className="num">{row.usedBy}</span>,
    },
  ];
}

function National() {
  const t = useT('schedules');
  const { slug } = useOrganization();
  const nameOf = useHolidayNames();
  const dates = useDateWords();
  const [country, setCountry] = useState<(typeof countries)[number]>('BR');
  const [year] = useState(() => new Date().getFullYear());
  const { data } = useQuery(nationalQuery(slug, country, year));
  return (
    <Card
      title={t('calendars.national', { year })}
      description={t('calendars.nationalText')}
      actions={
        <Select
          dense
          className="w-44"
          aria-label={t('calendars.country')}
          value={country}
          onChange={(event) => setCountry(countries.find((each) => each === event.target.value) ?? country)}
          options={countries.map((value) => ({ value, label: nameOf(value) }))}
        />
      }
    >
      {data === undefined ? (
        <SkeletonLines lines={6} />
      ) : (
        <ul className="grid gap-x-8 gap-y-1 sm:grid-cols-2">
          {data.map((holiday) => (
            <li
              key={holiday.date}
              className="flex items-baseline justify-between gap-4 border-b border-line py-1"
            >
              <span className="min-w-0">{holiday.name}</span>
              <span className="num shrink-0 text-ink-2">{dates.day(holiday.date)}</span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
