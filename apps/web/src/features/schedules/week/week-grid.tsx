import type { Schedule } from '@cloudatlas/contracts/schedules';
import { useQuery } from '@tanstack/react-query';
import { Fragment, useMemo, useState } from 'react';
import { useT } from '@/app/i18n.ts';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { Card } from '@/ui/card.tsx';
import { cn } from '@/ui/cn.ts';
import { Select } from '@/ui/select.tsx';
import { Skeleton } from '@/ui/skeleton.tsx';
import { ErrorState } from '@/ui/states.tsx';
import { timelineQuery } from '../queries.ts';
import { useScheduleWords } from '../words.ts';
import { useOwnZone, zoneName } from '../zones.ts';
import { hoursOfWeek, slotsOf, type Slot, type WeekAction } from './on-off.ts';

const hours = Array.from({ length: 24 }, (_, hour) => hour);
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** A schedule of one day a week has its last turn within these days before. */
const before = 8;
/** Darker the more is on; words in the cell's title say the same. */
const shades = ['bg-hover', 'bg-accent/25', 'bg-accent/50', 'bg-accent/75', 'bg-accent'] as const;

/** The next seven days, hour by hour: what schedules keep on and when it is off. */
export function WeekGrid({ schedules }: { schedules: readonly Schedule[] }) {
  const t = useT('schedules');
  const place = useWorkspacePlace();
  const [shown, setShown] = useState('');
  const zone = useOwnZone();
  // The week of the moment the page was opened.
  const [openedAt] = useState(() => Date.now());
  const week = useMemo(() => hoursOfWeek(zone, new Date(openedAt)), [zone, openedAt]);
  const [first = 0] = week.hours;
  const { data, error, refetch } = useQuery(
    timelineQuery(
      place,
      new Date(first - before * dayMs).toISOString(),
      // A day of the week may have 25 hours.
      new Date(first + 7 * dayMs + hourMs).toISOString(),
    ),
  );
  const groups = useMemo(() => groupsOf(schedules), [schedules]);
  const slots = useMemo(() => {
    if (data === undefined) return undefined;
    const groupOf = new Map(
      schedules.filter((schedule) => schedule.enabled).map((schedule) => [schedule.id, groupKey(schedule)]),
    );
    const actions = data.items.flatMap(({ scheduleId, at, operation, holiday }): WeekAction[] => {
      const group = groupOf.get(scheduleId);
      return group === undefined || holiday !== null || (shown !== '' && group !== shown)
        ? []
        : [{ group, at, operation }];
    });
    return slotsOf(actions, week.hours);
  }, [data, schedules, shown, week]);
  return (
    <Card
      title={t('week.title')}
      description={t('week.text', { zone: zoneName(zone) })}
      actions={
        groups.length > 1 ? (
          <Select
            dense
            className="w-full max-w-56 sm:w-56"
            aria-label={t('week.choose')}
            value={shown}
            onChange={(event) => setShown(event.target.value)}
            placeholder={t('week.all')}
            options={groups}
          />
        ) : undefined
      }
    >
      {error === null ? null : <ErrorState error={error} onRetry={() => void refetch()} />}
      {slots === undefined ? (
        error === null ? (
          <Skeleton className="h-44 w-full" />
        ) : null
      ) : (
        <Grid slots={slots} week={week} now={openedAt} />
      )}
      <Legend />
    </Card>
  );
}

function Grid({
  slots,
  week,
  now,
}: {
  slots: readonly Slot[];
  week: ReturnType<typeof hoursOfWeek>;
  now: number;
}) {
  const t = useT('schedules');
  const words = useScheduleWords();
  const word = ({ on, known }: Slot): string =>
    known === 0 ? t('week.unknown') : t('week.onOf', { on, known });
  return (
    <div>
      <table className="w-full table-fixed border-separate border-spacing-px">
        <caption className="sr-only">{t('week.caption')}</caption>
        <thead>
          <tr>
            <th className="w-9 sm:w-12" scope="col">
              <span className="sr-only">{t('week.day')}</span>
            </th>
            {hours.map((hour) => (
              // A cell of a phone is narrower than its number, which may reach over the next two.
              <th
                key={hour}
                scope="col"
                className="num whitespace-nowrap text-left text-2xs font-normal text-ink-3"
              >
                <span className={cn(hour % 3 !== 0 && 'sr-only')}>{String(hour).padStart(2, '0')}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {week.days.map((day, index) => (
            <tr key={day}>
              <th scope="row" className="whitespace-nowrap text-left text-xs font-normal text-ink-2 sm:pr-2">
                {words.day(((new Date(day).getUTCDay() + 6) % 7) + 1)}
              </th>
              {hours.map((hour) => {
                const at = index * 24 + hour;
                const slot = slots[at];
                const begins = week.hours[at] ?? 0;
                return (
                  <td
                    key={hour}
                    title={slot === undefined ? undefined : word(slot)}
                    className={cn(
                      'h-5 rounded-[2px]',
                      shades[slot === undefined ? 0 : shadeOf(slot)],
                      slot !== undefined && slot.known === 0 && 'bg-transparent ring-1 ring-inset ring-line',
                      now >= begins && now < begins + hourMs && 'outline-2 outline-offset-0 outline-ink-2',
                    )}
                  >
                    {slot === undefined ? null : <span className="sr-only">{word(slot)}</span>}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Legend() {
  const t = useT('schedules');
  const entries = [
    ['bg-accent', t('week.on')],
    ['bg-accent/50', t('week.partly')],
    ['bg-hover', t('week.off')],
    ['ring-1 ring-inset ring-line', t('week.unknown')],
  ] as const;
  return (
    <p className="mt-3 flex flex-wrap items-center gap-x-4 gap-y-1 text-xs text-ink-3">
      {entries.map(([shade, label]) => (
        <Fragment key={label}>
          <span className="inline-flex items-center gap-1.5">
            <span aria-hidden className={cn('inline-block size-3 rounded-[2px]', shade)} />
            {label}
          </span>
        </Fragment>
      ))}
    </p>
  );
}

function shadeOf({ on, known }: Slot): number {
  if (on === 0 || known === 0) return 0;
  return Math.max(1, Math.floor((on / known) * (shades.length - 1)));
}

/** The halves of a pair make one line of the picture; a schedule alone is its own. */
function groupKey(schedule: Schedule): string {
  return schedule.pairId ?? schedule.id;
}

function groupsOf(schedules: readonly Schedule[]): { value: string; label: string }[] {
  const names = new Map<string, string>();
  for (const schedule of schedules)
    if (schedule.enabled && schedule.operation !== 'resize') names.set(groupKey(schedule), schedule.name);
  return [...names].map(([value, label]) => ({ value, label }));
}
