import { ChartLine, Table2 } from 'lucide-react';
import { Suspense, useState, type ReactNode } from 'react';
import { useT } from '@/app/i18n.ts';
import { IconButton } from '@/ui/button.tsx';
import { Card } from '@/ui/card.tsx';
import { CopyButton } from '@/ui/copy-button.tsx';
import { Skeleton } from '@/ui/skeleton.tsx';
import { chartCsv, hasForecast, totalOf } from './table.ts';
import { seriesColor, type ChartData, type Point } from './types.ts';

interface ChartFrameProps {
  title: string;
  /** The number first. */
  headline?: ReactNode;
  /** Header of the first column of the table view. */
  keyLabel: string;
  /** Undefined while loading. */
  data: ChartData | undefined;
  /** Height of the drawing in pixels; kept in every state, so nothing jumps. */
  height?: number;
  children: (data: ChartData, height: number) => ReactNode;
}

/** Number, chart, legend; or the same as a table; or copied as CSV. */
export function ChartFrame({ title, headline, keyLabel, data, height = 260, children }: ChartFrameProps) {
  const t = useT('ui');
  const [view, setView] = useState<'chart' | 'table'>('chart');
  const empty = data !== undefined && data.points.length === 0;
  const csv =
    data === undefined
      ? ''
      : chartCsv(data, {
          key: keyLabel,
          forecast: t('chart.forecast'),
          low: t('chart.low'),
          high: t('chart.high'),
        });
  return (
    <Card
      title={title}
      actions={
        <span className="flex items-center gap-0.5">
          <IconButton
            size="sm"
            label={view === 'chart' ? t('chart.table') : t('chart.chart')}
            onClick={() => setView(view === 'chart' ? 'table' : 'chart')}
          >
            {view === 'chart' ? <Table2 /> : <ChartLine />}
          </IconButton>
          <CopyButton text={csv} name={t('chart.copyCsv')} />
        </span>
      }
    >
      {headline === undefined ? null : (
        <p className="num mb-3 text-2xl font-semibold tracking-tight">{headline}</p>
      )}
      <div style={{ minHeight: height }}>
        {data === undefined ? <Skeleton className="h-full! min-h-[inherit]" /> : null}
        {empty ? <p className="py-16 text-center text-ink-3">{t('chart.empty')}</p> : null}
        {data === undefined || empty ? null : view === 'table' ? (
          <ChartTable title={title} keyLabel={keyLabel} data={data} height={height} />
        ) : (
          <Suspense fallback={<Skeleton className="h-full! min-h-[inherit]" />}>
            {/* The drawing is for the eye; the table view says the same to everyone. */}
            <div aria-hidden className="min-w-0 overflow-x-clip">
              {children(data, height)}
            </div>
          </Suspense>
        )}
      </div>
      {data === undefined || data.series.length < 2 ? null : <Legend data={data} />}
    </Card>
  );
}

function Legend({ data }: { data: ChartData }) {
  return (
    <ul className="mt-3 flex flex-wrap gap-x-4 gap-y-1 text-xs text-ink-2">
      {data.series.map((series, index) => (
        <li key={series.id} className="flex items-center gap-1.5">
          <span
            aria-hidden
            className="size-2 rounded-xs"
            style={{ background: seriesColor(series, index) }}
          />
          {series.label}
        </li>
      ))}
    </ul>
  );
}

interface ChartTableProps {
  title: string;
  keyLabel: string;
  data: ChartData;
  height: number;
}

function ChartTable({ title, keyLabel, data, height }: ChartTableProps) {
  const t = useT('ui');
  const forecast = hasForecast(data);
  const summed = data.series.length > 1 && !data.series.some((series) => series.total === true);
  const cell = (point: Point, id: string): string => {
    const exact = point.exact?.[id];
    return exact === undefined || data.formatExact === undefined
      ? show(point.values[id])
      : data.formatExact(exact);
  };
  const show = (value: number | null | undefined): string =>
    value === null || value === undefined ? '–' : data.formatValue(value);
  const head = 'px-3 py-1.5 text-right label-caps first:text-left';
  return (
    <div
      tabIndex={0}
      role="region"
      aria-label={title}
      className="relative overflow-auto"
      style={{ maxHeight: height }}
    >
      <table className="w-full border-collapse">
        <thead className="sticky top-0 bg-surface">
          <tr>
            <th scope="col" className={head}>
              {keyLabel}
            </th>
            {data.series.map((series) => (
              <th key={series.id} scope="col" className={head}>
                {series.label}
              </th>
            ))}
            {summed ? (
              <th scope="col" className={head}>
                {t('chart.total')}
              </th>
            ) : null}
            {forecast ? (
              <th scope="col" className={head}>
                {t('chart.forecast')}
              </th>
            ) : null}
          </tr>
        </thead>
        <tbody>
          {data.points.map((point) => (
            <tr key={point.key} className="border-t border-line">
              <th scope="row" className="px-3 py-1 text-left font-normal">
                {data.formatKey(point.key)}
                {point.partial === true ? (
                  <span className="ml-1.5 text-ink-3">({t('chart.partial')})</span>
                ) : null}
              </th>
              {data.series.map((series) => (
                <td key={series.id} className="num px-3 py-1 text-right">
                  {cell(point, series.id)}
                </td>
              ))}
              {summed ? (
                <td className="num px-3 py-1 text-right font-medium">{show(totalOf(point))}</td>
              ) : null}
              {forecast ? (
                <td className="num px-3 py-1 text-right text-ink-2">
                  {show(point.forecast?.value)}
                  {point.forecast === undefined ? null : (
                    <span className="ml-1.5 text-ink-3">
                      {t('chart.range', { low: show(point.forecast.low), high: show(point.forecast.high) })}
                    </span>
                  )}
                </td>
              ) : null}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
