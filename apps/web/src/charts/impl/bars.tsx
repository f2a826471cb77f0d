import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { seriesColor, type ChartData } from '../types.ts';
import { animate, axisTick, gridStroke } from './axes.ts';
import { ChartTooltip } from './tooltip.tsx';

interface BarsProps {
  data: ChartData;
  height: number;
  /** Bars lie; for long category names. */
  horizontal: boolean;
}

/** Stacked bars. */
export function Bars({ data, height, horizontal }: BarsProps) {
  const rows = data.points.map((point) => ({ key: point.key, ...point.values }));
  const keyAxis = { dataKey: 'key', tickFormatter: data.formatKey, type: 'category' as const };
  const valueAxis = { tickFormatter: data.formatAxis ?? data.formatValue, type: 'number' as const };
  const looks = { tick: axisTick, tickLine: false, axisLine: false };
  return (
    <ResponsiveContainer width="100%" height={height}>
      <BarChart
        accessibilityLayer={false}
        data={rows}
        layout={horizontal ? 'vertical' : 'horizontal'}
        margin={{ top: 8, right: 8, bottom: 0, left: 0 }}
      >
        <CartesianGrid vertical={horizontal} horizontal={!horizontal} stroke={gridStroke} />
        <XAxis {...looks} {...(horizontal ? valueAxis : keyAxis)} minTickGap={24} />
        <YAxis {...looks} {...(horizontal ? keyAxis : valueAxis)} width={horizontal ? 132 : 72} />
        <Tooltip
          isAnimationActive={false}
          cursor={{ fill: 'var(--hover)' }}
          content={<ChartTooltip data={data} />}
        />
        {data.series.map((series, index) => (
          <Bar
            key={series.id}
            dataKey={series.id}
            stackId="all"
            maxBarSize={34}
            fill={seriesColor(series, index)}
            isAnimationActive={animate}
          />
        ))}
      </BarChart>
    </ResponsiveContainer>
  );
}
