import type { Evidence } from '@cloudatlas/contracts/finops';
import { useMemo } from 'react';
import { useFormat } from '@/app/format.ts';
import { currentLanguage, useT } from '@/app/i18n.ts';
import { LineChart } from '@/charts/charts.tsx';
import type { ChartData } from '@/charts/types.ts';
import { formatMetric } from '@/features/inventory/detail/series.ts';
import { useLocal, useValue } from '../words.ts';
import { WeekMap } from './week-map.tsx';

type Series = Extract<Evidence, { kind: 'series' }>;

/** What proves a finding: measured series, the profile of the week, plain facts. */
export function EvidenceList({ evidence }: { evidence: readonly Evidence[] }) {
  const t = useT('savings');
  const local = useLocal();
  const valueOf = useValue();
  const facts = evidence.flatMap((item) => (item.kind === 'fact' ? [item] : []));
  if (evidence.length === 0) return null;
  return (
    <section className="flex flex-col gap-3">
      <h3 className="font-semibold">{t('detail.evidence')}</h3>
      {facts.length === 0 ? null : (
        <dl className="grid grid-cols-[minmax(0,12rem)_minmax(0,1fr)] gap-x-4 gap-y-1.5">
          {facts.map((fact) => (
            <div key={local(fact.label)} className="contents">
              <dt className="text-ink-3">{local(fact.label)}</dt>
              <dd className="num min-w-0 break-words">{valueOf(fact.value)}</dd>
            </div>
          ))}
        </dl>
      )}
      {evidence.map((item) => {
        if (item.kind === 'series') return <SeriesChart key={`series ${local(item.label)}`} series={item} />;
        if (item.kind === 'week') return <WeekMap key={`week ${local(item.label)}`} week={item} />;
        return null;
      })}
    </section>
  );
}

const dayMs = 86_400_000;

/** Points of the chart; where a day has no value there is a null, so the line breaks instead of lying. */
function pointsOf(series: Series): ChartData['points'] {
  const gapMs = medianGap(series) * 1.5;
  return series.points.flatMap(({ at, value }, index) => {
    const before = series.points[index - 1];
    const point = { key: at, values: { value } };
    if (before === undefined || Date.parse(at) - Date.parse(before.at) <= gapMs) return [point];
    return [{ key: new Date(Date.parse(before.at) + gapMs).toISOString(), values: { value: null } }, point];
  });
}

function medianGap({ points }: Series): number {
  const gaps = points
    .slice(1)
    .map(({ at }, index) => Date.parse(at) - Date.parse(points[index]?.at ?? at))
    .toSorted((a, b) => a - b);
  return gaps[Math.floor(gaps.length / 2)] ?? dayMs;
}

function SeriesChart({ series }: { series: Series }) {
  const t = useT('savings');
  const format = useFormat();
  const local = useLocal();
  const language = currentLanguage();
  const data = useMemo((): ChartData => {
    const text = (value: number): string => formatMetric(value, series.unit, language);
    return {
      series: [{ id: 'value', label: local(series.label) }],
      points: pointsOf(series),
      formatKey: format.date,
      formatValue: text,
      ...(series.threshold === null
        ? {}
        : {
            threshold: {
              value: series.threshold,
              label: t('detail.threshold', { value: text(series.threshold) }),
            },
          }),
    };
  }, [series, language, local, format, t]);
  const last = series.points.at(-1);
  return (
    <LineChart
      title={local(series.label)}
      keyLabel={t('detail.day')}
      height={170}
      {...(last === undefined ? {} : { headline: data.formatValue(last.value) })}
      data={data}
    />
  );
}
