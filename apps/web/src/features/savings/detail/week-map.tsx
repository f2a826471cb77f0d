import type { Evidence } from '@cloudatlas/contracts/finops';
import { useMemo } from 'react';
import { useFormat } from '@/app/format.ts';
import { currentLanguage, useT } from '@/app/i18n.ts';
import { formatMetric } from '@/features/inventory/detail/series.ts';
import { Card } from '@/ui/card.tsx';
import { useLocal } from '../words.ts';

type Week = Extract<Evidence, { kind: 'week' }>;

const days = [0, 1, 2, 3, 4, 5, 6] as const;
const hours = Array.from({ length: 24 }, (_, hour) => hour);

/** Names of the days, Monday first. */
function useDayNames(style: 'short' | 'long'): string[] {
  const language = currentLanguage();
  return useMemo(() => {
    const format = new Intl.DateTimeFormat(language, { weekday: style, timeZone: 'UTC' });
    // 5 January 2026 is a Monday.
    return days.map((day) => format.format(new Date(Date.UTC(2026, 0, 5 + day))));
  }, [language, style]);
}

/** The 168 hours of the week: pale where nothing happens, the stronger the more does. */
export function WeekMap({ week }: { week: Week }) {
  const t = useT('savings');
  const format = useFormat();
  const local = useLocal();
  const language = currentLanguage();
  const short = useDayNames('short');
  const long = useDayNames('long');
  const { threshold } = week;
  const known = week.hours.filter((value) => value !== null);
  const largest = Math.max(threshold ?? 0, ...known, 1e-9);
  const idle = threshold === null ? null : known.filter((value) => value < threshold).length;
  const text = (value: number): string => formatMetric(value, week.unit, language);
  const background = (value: number | null): string => {
    if (value === null) return 'transparent';
    if (threshold !== null && value < threshold) return 'var(--hover)';
    return `color-mix(in oklch, var(--series-1) ${Math.round(25 + (75 * value) / largest)}%, var(--hover))`;
  };
  return (
    <Card
      title={local(week.label)}
      {...(idle === null
        ? {}
        : { description: t('detail.idleHours', { count: idle, formatted: format.number(idle) }) })}
    >
      <div
        role="img"
        aria-label={`${local(week.label)}${idle === null ? '' : `: ${t('detail.idleHours', { count: idle, formatted: format.number(idle) })}`}`}
        className="grid gap-px"
        style={{ gridTemplateColumns: '2.25rem repeat(24, minmax(0, 1fr))' }}
      >
        {days.map((day) => (
          <div key={day} className="contents">
            <span className="text-2xs leading-4 text-ink-3">{short[day]}</span>
            {hours.map((hour) => {
              const value = week.hours[day * 24 + hour] ?? null;
              return (
                <span
                  key={hour}
                  title={`${long[day]} ${String(hour).padStart(2, '0')}:00 UTC · ${value === null ? t('detail.noData') : text(value)}`}
                  className="h-4 rounded-[2px] border border-line/40"
                  style={{ background: background(value) }}
                />
              );
            })}
          </div>
        ))}
        <span />
        {hours.map((hour) => (
          <span key={hour} className="num flex justify-center text-2xs whitespace-nowrap text-ink-3">
            {hour % 6 === 0 ? hour : ''}
          </span>
        ))}
      </div>
      <p className="mt-2 text-xs text-ink-3">
        {threshold === null ? t('detail.weekUtc') : t('detail.weekThreshold', { value: text(threshold) })}
      </p>
    </Card>
  );
}
