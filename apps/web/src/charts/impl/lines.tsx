import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { hasForecast } from '../table.ts';
import { seriesColor, type ChartData } from '../types.ts';
import { animate, axisTick, gridStroke } from './axes.ts';
import { ChartTooltip } from './tooltip.tsx';

interface LinesProps {
  data: ChartData;
  height: number;
  stacked: boolean;
}

/** Lines or stacked areas with a forecast band. */
export function Lines({ data, height, stacked }: LinesProps) {
  const rows = data.points.map((point) => ({
    key: point.key,
    ...point.values,
    forecast: point.forecast?.value ?? null,
    band: point.forecast === undefined ? null : [point.forecast.low, point.forecast.high],
  }));
  const partial = data.points.find((point) => point.partial === true);
  return (
    <ResponsiveContainer width="100%" height={height}>
      <ComposedChart accessibilityLayer={false} data={rows} margin={{ top: 8, right: 8, bottom: 0, left: 0 }}>
        <CartesianGrid vertical={false} stroke={gridStroke} />
        <XAxis
          dataKey="key"
          tickFormatter={data.formatKey}
          tick={axisTick}
          tickLine={false}
          axisLine={false}
          minTickGap={32}
        />
        <YAxis
          tickFormatter={data.formatAxis ?? data.formatValue}
          tick={axisTick}
          tickLine={false}
          axisLine={false}
          width={72}
        />
        <Tooltip
          isAnimationActive={false}
          cursor={{ stroke: 'var(--line-strong)' }}
          content={<ChartTooltip data={data} />}
        />
        {partial === undefined ? null : (
          <ReferenceLine x={partial.key} stroke="var(--line-strong)" strokeDasharray="2 3" />
        )}
        {data.threshold === undefined ? null : (
          <ReferenceLine
            y={data.threshold.value}
            stroke="var(--danger)"
            strokeDasharray="5 4"
            ifOverflow="extendDomain"
            label={{
              value: data.threshold.label,
              position: 'insideTopRight',
              fill: 'var(--danger-text)',
              fontSize: 11,
            }}
          />
        )}
        {hasForecast(data) ? (
          <Area
            dataKey="band"
            stroke="none"
            fill="var(--series-1)"
            fillOpacity={0.14}
            isAnimationActive={animate}
            connectNulls
          />
        ) : null}
        {data.series.map((series, index) =>
          stacked ? (
            <Area
              key={series.id}
              dataKey={series.id}
              stackId="all"
              type="monotone"
              stroke={seriesColor(series, index)}
              fill={seriesColor(series, index)}
              fillOpacity={0.22}
              strokeWidth={1.5}
              isAnimationActive={animate}
            />
          ) : (
            <Line
              key={series.id}
              dataKey={series.id}
              type="monotone"
              stroke={seriesColor(series, index)}
              strokeWidth={2}
              dot={false}
              isAnimationActive={animate}
            />
          ),
        )}
        {hasForecast(data) ? (
          <Line
            dataKey="forecast"
            stroke="var(--series-1)"
            strokeWidth={2}
            strokeDasharray="4 4"
            dot={false}
            isAnimationActive={animate}
            connectNulls
          />
        ) : null}
      </ComposedChart>
    </ResponsiveContainer>
  );
}
