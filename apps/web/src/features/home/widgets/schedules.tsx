import type { UpcomingRun } from '@cloudatlas/contracts/schedules';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { CalendarClock, Play, Scaling, Square } from 'lucide-react';
import { Link } from 'react-router';
import { call } from '@/app/api.ts';
import { useFormat } from '@/app/format.ts';
import { useT } from '@/app/i18n.ts';
import { paths } from '@/app/paths.ts';
import { useDenial } from '@/app/scope.tsx';
import {
  useWorkspacePlace,
  workspaceKey,
  workspaceUrl,
  type WorkspacePlace,
} from '@/features/accounts/queries.ts';
import { Tooltip } from '@/ui/tooltip.tsx';
import { Quiet, Widget, WidgetList } from '../widget.tsx';

const icons = { start: Play, stop: Square, resize: Scaling } as const;

/** The next five actions over all schedules. */
const upcomingQuery = (place: WorkspacePlace) =>
  queryOptions({
    queryKey: workspaceKey(place, 'schedules', 'upcoming'),
    queryFn: async ({ signal }) =>
      (await call<{ items: UpcomingRun[] }>('GET', workspaceUrl(place, 'schedules', 'upcoming'), { signal }))
        .items,
  });

/** What schedules will do next. */
export function SchedulesWidget() {
  const t = useT('home');
  const place = useWorkspacePlace();
  const denial = useDenial('schedules:read');
  const query = useQuery({ ...upcomingQuery(place), enabled: denial === undefined });
  const all = paths.workspace(place.org, place.workspace, 'schedules');
  return (
    <Widget flush title={t('widget.schedules')} to={all} denial={denial} query={query}>
      {(items) =>
        items.length === 0 ? (
          <Quiet>
            <CalendarClock aria-hidden className="size-6 text-ink-3" />
            <p>{t('schedules.none')}</p>
            <Link to={all} className="font-medium text-accent-text hover:underline">
              {t('schedules.make')}
            </Link>
          </Quiet>
        ) : (
          <WidgetList>
            {items.map((run) => (
              <Run key={`${run.scheduleId} ${run.at}`} run={run} all={all} />
            ))}
          </WidgetList>
        )
      }
    </Widget>
  );
}

function Run({ run, all }: { run: UpcomingRun; all: string }) {
  const t = useT('home');
  const format = useFormat();
  const Icon = icons[run.operation];
  const [, clock = ''] = run.local.split('T');
  return (
    <li className="flex items-center gap-3 px-4 py-2 hover:bg-sunken">
      <span className="flex size-7 shrink-0 items-center justify-center rounded-md bg-hover text-ink-2">
        <Icon aria-label={t(`schedules.operation.${run.operation}`)} className="size-3.5" />
      </span>
      <span className="min-w-0 flex-1">
        <Link
          to={`${all}/${encodeURIComponent(run.scheduleId)}`}
          className="block truncate font-medium hover:text-accent-text hover:underline"
        >
          {run.name}
        </Link>
        <span className="block truncate text-xs text-ink-2">{format.list(run.targets)}</span>
      </span>
      <Tooltip label={<span className="num whitespace-pre-line">{format.utc(run.at)}</span>}>
        <time dateTime={run.at} tabIndex={0} className="num rounded-sm text-right text-xs text-ink-3">
          <span className="block text-ink-2">{format.relative(run.at)}</span>
          {clock} {run.timeZone}
        </time>
      </Tooltip>
    </li>
  );
}
