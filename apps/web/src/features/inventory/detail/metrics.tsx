import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { LineChart } from '@/charts/charts.tsx';
import { useFormat } from '@/app/format.ts';
import { currentLanguage, useT } from '@/app/i18n.ts';
import { useLabels } from '@/features/accounts/labels.ts';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { Select } from '@/ui/select.tsx';
import { ErrorState } from '@/ui/states.tsx';
import { metricsQuery, type ResourceDetailView } from '../queries.ts';
import { chartPoints, formatMetric } from './series.ts';

/** Length of each period in hours, and of one point in seconds. */
const periods = {
  '1h': { hours: 1, point: 60 },
  '24h': { hours: 24, point: 300 },
  '7d': { hours: 168, point: 3600 },
  '30d': { hours: 720, point: 21_600 },
} as const;
type Period = keyof typeof periods;
const periodNames = Object.keys(periods) as Period[];

/** One measured value over time, read from the provider when it is looked at. */
export function Metrics({ resource }: { resource: ResourceDetailView }) {
  const t = useT('inventory');
  const labels = useLabels();
  const format = useFormat();
  const place = useWorkspacePlace();
  const [metricId, setMetricId] = useState(resource.metrics[0]?.id ?? '');
  const [period, setPeriod] = useState<Period>('24h');
  const [statistic, setStatistic] = useState('');
  const [now] = useState(Date.now);
  const metric = resource.metrics.find((candidate) => candidate.id === metricId);
  const offered: readonly string[] = metric?.statistics ?? [];
  const chosen = offered.includes(statistic) ? statistic : (offered[0] ?? 'average');
  const { hours, point } = periods[period];
  // Whole points: the same question then has the same answer in the cache.
  const to = Math.ceil(now / (point * 1000)) * point * 1000;
  const { data, error, refetch } = useQuery(
    metricsQuery(place, resource.id, {
      metric: metricId,
      statistic: chosen,
      from: new Date(to - hours * 3_600_000).toISOString(),
      to: new Date(to).toISOString(),
      periodSeconds: point,
    }),
  );
  if (metric === undefined) return null;
  const last = data?.points.at(-1);
  const value = (amount: number): string => formatMetric(amount, metric.unit, currentLanguage());
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap gap-2">
        <Select
          dense
          className="min-w-40 flex-1"
          aria-label={t('metrics.metric')}
          value={metricId}
          options={resource.metrics.map(({ id, label }) => ({ value: id, label: labels.metric(id, label) }))}
          onChange={(event) => setMetricId(event.target.value)}
        />
        <Select
          dense
          className="w-32"
          aria-label={t('metrics.statistic')}
          value={chosen}
          options={offered.map((name) => ({ value: name, label: t(`statistic.${name}`) }))}
          onChange={(event) => setStatistic(event.target.value)}
        />
        <Select
          dense
          className="w-36"
          aria-label={t('metrics.period')}
          value={period}
          options={periodNames.map((name) => ({ value: name, label: t(`metrics.last.${name}`) }))}
          onChange={(event) => setPeriod(event.target.value as Period)}
        />
      </div>
      {error !== null ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <LineChart
          title={labels.metric(metric.id, metric.label)}
          keyLabel={t('metrics.time')}
          height={220}
          {...(last === undefined ? {} : { headline: value(last.value) })}
          data={
            data === undefined
              ? undefined
              : {
                  series: [{ id: 'value', label: labels.metric(metric.id, metric.label) }],
                  points: chartPoints(data),
                  formatKey: (key) => (hours > 24 ? format.date(key) : format.dateTime(key)),
                  formatValue: value,
                }
          }
        />
      )}
      {data?.complete === false ? <p className="text-xs text-warn-text">{t('metrics.incomplete')}</p> : null}
    </div>
  );
}
