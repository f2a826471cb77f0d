import type { ScheduleDetail, ScheduleTarget } from '@cloudatlas/contracts/schedules';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useFormat } from '@/app/format.ts';
import { useT } from '@/app/i18n.ts';
import { useLabels } from '@/features/accounts/labels.ts';
import { useCloudPaths } from '@/features/accounts/paths.ts';
import { Badge } from '@/ui/badge.tsx';
import { Money, RelativeTime } from '@/ui/values.tsx';
import { useScheduleWords } from '../words.ts';
import { useHolidayNames } from '../holiday-names.ts';
import { zoneName } from '../zones.ts';

/** When a schedule runs next, what it acts on and what it has saved. */
export function Facts({ schedule }: { schedule: ScheduleDetail }) {
  const t = useT('schedules');
  const words = useScheduleWords();
  const format = useFormat();
  const holidayName = useHolidayNames();
  return (
    <div className="flex flex-col gap-6">
      {schedule.override === null ? null : (
        <p className="rounded-md bg-warn-soft px-3 py-2 text-warn-text">
          {t('detail.keptOn', {
            at: `${words.at(schedule.override.until, schedule.timeZone)} (${zoneName(schedule.timeZone)})`,
            by: schedule.override.createdBy,
          })}
          {schedule.override.note === '' ? null : ` ${schedule.override.note}`}
        </p>
      )}
      <Part title={t('detail.next')}>
        {schedule.occurrences.length === 0 ? (
          <p className="text-ink-2">{schedule.enabled ? t('detail.over') : t('detail.paused')}</p>
        ) : (
          <ol className="divide-y divide-line rounded-md border border-line">
            {schedule.occurrences.map((occurrence) => (
              <li
                key={occurrence.at}
                className="flex flex-wrap items-baseline justify-between gap-x-4 px-3 py-1.5"
              >
                <span className={occurrence.holiday === null ? 'num' : 'num text-ink-3 line-through'}>
                  {words.wall(occurrence.local)}
                </span>
                {occurrence.holiday === null ? (
                  <span className="num text-xs text-ink-3">{words.utc(occurrence.at)}</span>
                ) : (
                  <Badge>{occurrence.holiday}</Badge>
                )}
              </li>
            ))}
          </ol>
        )}
      </Part>
      <Part title={t('detail.targets', { count: schedule.resources.length })}>
        <Targets resources={schedule.resources} truncated={schedule.truncated} />
      </Part>
      <Part title={t('detail.rules')}>
        <dl className="grid grid-cols-[minmax(7rem,auto)_1fr] gap-x-4 gap-y-1.5">
          <Fact label={t('field.timeZone')}>{schedule.timeZone}</Fact>
          {schedule.validFrom === null && schedule.validUntil === null ? null : (
            <Fact label={t('field.valid')}>
              {`${schedule.validFrom ?? '…'} – ${schedule.validUntil ?? '…'}`}
            </Fact>
          )}
          <Fact label={t('field.holidays')}>
            {schedule.holidays.length === 0
              ? t('detail.none')
              : format.list(schedule.holidays.map((ref) => holidayName(ref)))}
          </Fact>
          <Fact label={t('field.missed')}>
            {schedule.missed.policy === 'skip'
              ? t('missed.skip')
              : t('missed.runWithin', { count: schedule.missed.withinMinutes })}
          </Fact>
          {Object.entries(schedule.parameters).map(([name, value]) => (
            <Fact key={name} label={name}>
              {typeof value === 'string' ? value : JSON.stringify(value)}
            </Fact>
          ))}
          <Fact label={t('detail.actsAs')}>{schedule.actsAs}</Fact>
          <Fact label={t('detail.changed')}>
            <RelativeTime at={schedule.updatedAt} />
          </Fact>
          {schedule.savings.map((saving) => (
            <Fact key={saving.currency} label={t('column.saved')}>
              <Money amount={saving.amount} currency={saving.currency} />
              <span className="block text-xs text-ink-3">
                {t('savedBasis', { count: Math.round(saving.hours) })}
              </span>
            </Fact>
          ))}
        </dl>
      </Part>
    </div>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-2">
      <h3 className="font-semibold">{title}</h3>
      {children}
    </section>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-3">{label}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  );
}

/** What a schedule acts on now, with what keeps it from acting. */
export function Targets({
  resources,
  truncated,
}: {
  resources: readonly ScheduleTarget[];
  truncated: boolean;
}) {
  const t = useT('schedules');
  const labels = useLabels();
  const to = useCloudPaths();
  if (resources.length === 0) return <p className="text-ink-2">{t('detail.noTargets')}</p>;
  return (
    <>
      <ul className="max-h-72 divide-y divide-line overflow-y-auto rounded-md border border-line">
        {resources.map((resource) => (
          <li key={resource.id} className="flex items-center gap-3 px-3 py-1.5">
            <span className="min-w-0 flex-1">
              <Link to={to.resource(resource.id)} className="block truncate hover:text-accent-text">
                {resource.name}
              </Link>
              <span className="block truncate text-xs text-ink-3">
                {labels.type(resource.type)} · {labels.region(resource.region)}
              </span>
            </span>
            <Condition resource={resource} />
          </li>
        ))}
      </ul>
      {truncated ? <p className="text-xs text-warn-text">{t('detail.truncated')}</p> : null}
    </>
  );
}

function Condition({ resource }: { resource: ScheduleTarget }) {
  const t = useT('schedules');
  const labels = useLabels();
  if (resource.gone) return <Badge tone="warn">{t('reason.gone')}</Badge>;
  if (resource.excluded) return <Badge tone="warn">{t('reason.excluded')}</Badge>;
  if (!resource.supported) return <Badge tone="warn">{t('reason.unsupported')}</Badge>;
  return (
    <Badge tone={resource.state === 'running' ? 'ok' : 'neutral'} dot>
      {labels.state(resource.state)}
    </Badge>
  );
}
