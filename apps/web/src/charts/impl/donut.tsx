import { Pie, PieChart, ResponsiveContainer } from 'recharts';
import { useFormat } from '@/app/format.ts';
import { totalOf } from '../table.ts';
import type { ChartData } from '../types.ts';
import { animate } from './axes.ts';

interface DonutProps {
  data: ChartData;
  height: number;
}

/** A ring of shares beside its legend with amounts. Slice colours come from the points' position. */
export function Donut({ data, height }: DonutProps) {
  const format = useFormat();
  const slices = data.points.map((point, index) => ({
    name: data.formatKey(point.key),
    value: totalOf(point) ?? 0,
    fill: point.color ?? `var(--series-${(index % 8) + 1})`,
  }));
  const all = slices.reduce((sum, slice) => sum + slice.value, 0);
  return (
    <div className="flex flex-wrap items-center gap-6">
      <div className="min-w-40 flex-1 basis-40">
        <ResponsiveContainer width="100%" height={height}>
          <PieChart accessibilityLayer={false}>
            <Pie
              rootTabIndex={-1}
              data={slices}
              dataKey="value"
              nameKey="name"
              innerRadius="62%"
              outerRadius="92%"
              paddingAngle={1.5}
              stroke="none"
              isAnimationActive={animate}
            />
          </PieChart>
        </ResponsiveContainer>
      </div>
      <ul className="flex flex-1 basis-48 flex-col gap-1.5">
        {slices.map((slice) => (
          <li key={slice.name} className="flex items-center gap-2">
            <span className="size-2 shrink-0 rounded-xs" style={{ background: slice.fill }} />
            <span className="min-w-0 flex-1 truncate text-ink-2">{slice.name}</span>
            <span className="num">{data.formatValue(slice.value)}</span>
            <span className="num w-12 text-right text-ink-3">
              {all === 0 ? '–' : format.percent(slice.value / all)}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
