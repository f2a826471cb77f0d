import type { ChartData, Point } from '../types.ts';
import { seriesColor } from '../types.ts';
import { totalOf } from '../table.ts';

interface ChartTooltipProps {
  data: ChartData;
  /** Given by the chart. */
  active?: boolean | undefined;
  /** Key of the point under the pointer. */
  label?: string | number | undefined;
}

/** Change against the point before, as a signed percentage; undefined without a base. */
function deltaOf(now: number | null, before: number | null): string | undefined {
  if (now === null || before === null || before === 0) return undefined;
  const change = ((now - before) / Math.abs(before)) * 100;
  return `${change >= 0 ? '+' : '−'}${Math.abs(change).toFixed(1)} %`;
}

/** What is under the pointer, with the change since the point before. */
export function ChartTooltip({ data, active, label }: ChartTooltipProps) {
  const index = data.points.findIndex((point) => point.key === String(label));
  const point: Point | undefined = data.points[index];
  if (active !== true || point === undefined) return null;
  const before = data.points[index - 1];
  const total = totalOf(point, data.series);
  const delta = before === undefined ? undefined : deltaOf(total, totalOf(before, data.series));
  return (
    <div className="min-w-40 rounded-md border border-line bg-surface px-3 py-2 text-xs shadow-float">
      <p className="mb-1 flex justify-between gap-4 font-medium">
        {data.formatKey(point.key)}
        {delta === undefined ? null : <span className="num text-ink-3">{delta}</span>}
      </p>
      <ul>
        {data.series.map((series, position) => {
          const value = point.values[series.id];
          return value === null || value === undefined ? null : (
            <li key={series.id} className="flex items-center gap-2">
              <span className="size-2 rounded-xs" style={{ background: seriesColor(series, position) }} />
              <span className="flex-1 text-ink-2">{series.label}</span>
              <span className="num">{data.formatValue(value)}</span>
            </li>
          );
        })}
      </ul>
      {point.forecast === undefined ? null : (
        <p className="num mt-1 text-ink-2">
          {data.formatValue(point.forecast.value)} ({data.formatValue(point.forecast.low)} –{' '}
          {data.formatValue(point.forecast.high)})
        </p>
      )}
    </div>
  );
}
