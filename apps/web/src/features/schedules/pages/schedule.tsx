import type { ScheduleDetail } from '@cloudatlas/contracts/schedules';
import { useQuery } from '@tanstack/react-query';
import { AlarmClock, Pencil, Play, SearchX } from 'lucide-react';
import { useLocation, useNavigate, useParams } from 'react-router';
import { isApiError } from '@/app/api.ts';
import { useT } from '@/app/i18n.ts';
import { useFilters } from '@/app/search-params.ts';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { Button } from '@/ui/button.tsx';
import { Sheet } from '@/ui/sheet.tsx';
import { SkeletonLines } from '@/ui/skeleton.tsx';
import { EmptyState, ErrorState } from '@/ui/states.tsx';
import { Tabs } from '@/ui/tabs.tsx';
import { Facts } from '../detail/facts.tsx';
import { RunHistory } from '../runs/run-history.tsx';
import { useSchedulePaths } from '../paths.ts';
import { scheduleQuery } from '../queries.ts';
import { useScheduleActions } from '../use-actions.tsx';
import { useScheduleWords } from '../words.ts';
import { zoneName } from '../zones.ts';

/** One schedule beside the list: when, on what, and its history. */
export function SchedulePage() {
  const t = useT('schedules');
  const words = useScheduleWords();
  const { scheduleId = '' } = useParams();
  const { search } = useLocation();
  const navigate = useNavigate();
  const to = useSchedulePaths();
  const place = useWorkspacePlace();
  const { data, error, refetch } = useQuery(scheduleQuery(place, scheduleId));
  const close = (): void => {
    const params = new URLSearchParams(search);
    params.delete('view');
    const rest = params.toString();
    void navigate(`${to.list}${rest === '' ? '' : `?${rest}`}`, { preventScrollReset: true });
  };
  return (
    <Sheet
      open
      onOpenChange={close}
      title={data?.name ?? t('detail.title')}
      {...(data === undefined
        ? {}
        : {
            description: `${t(`operation.${data.operation}`)} · ${data.time} ${words.recurrence(data.recurrence)} · ${zoneName(data.timeZone)}`,
          })}
    >
      {error === null ? null : isApiError(error, 'not_found') ? (
        <EmptyState icon={SearchX} title={t('detail.goneTitle')}>
          {t('detail.goneText')}
        </EmptyState>
      ) : (
        <ErrorState error={error} onRetry={() => void refetch()} />
      )}
      {data === undefined && error === null ? <SkeletonLines lines={10} /> : null}
      {data === undefined || error !== null ? null : <Loaded schedule={data} />}
    </Sheet>
  );
}

function Loaded({ schedule }: { schedule: ScheduleDetail }) {
  const t = useT('schedules');
  const navigate = useNavigate();
  const to = useSchedulePaths();
  const [filters, patch] = useFilters(['view']);
  const actions = useScheduleActions(
    () => void navigate(`${to.list}?edit=${encodeURIComponent(schedule.id)}`, { preventScrollReset: true }),
  );
  return (
    <div className="flex flex-col gap-5">
      <div className="flex flex-wrap gap-2">
        <Button
          size="sm"
          variant="primary"
          disabledReason={actions.denial}
          onClick={() => actions.ask('run', schedule)}
        >
          <Play /> {t('action.run')}
        </Button>
        {schedule.operation === 'stop' ? (
          <Button size="sm" disabledReason={actions.denial} onClick={() => actions.ask('keepOn', schedule)}>
            <AlarmClock /> {t('action.keepOn')}
          </Button>
        ) : null}
        <Button
          size="sm"
          disabledReason={actions.denial}
          onClick={() =>
            void navigate(`${to.list}?edit=${encodeURIComponent(schedule.id)}`, { preventScrollReset: true })
          }
        >
          <Pencil /> {t('action.edit')}
        </Button>
      </div>
      <Tabs
        label={t('detail.title')}
        value={filters.view === 'runs' ? 'runs' : 'facts'}
        onChange={(view) => patch({ view: view === 'facts' ? null : view })}
        tabs={[
          { value: 'facts', label: t('detail.facts'), content: <Facts schedule={schedule} /> },
          { value: 'runs', label: t('detail.runs'), content: <RunHistory schedule={schedule} /> },
        ]}
      />
      {actions.dialogs}
    </div>
  );
}
