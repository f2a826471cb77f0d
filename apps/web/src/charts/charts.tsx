/** The charts of the application. Each draws in a chunk of its own, loaded with the first one on a page. */
import { lazy, type ReactNode } from 'react';
import { ChartFrame } from './chart-frame.tsx';
import type { ChartData } from './types.ts';

const Lines = lazy(() => import('./impl/lines.tsx').then((module) => ({ default: module.Lines })));
const Bars = lazy(() => import('./impl/bars.tsx').then((module) => ({ default: module.Bars })));
const Donut = lazy(() => import('./impl/donut.tsx').then((module) => ({ default: module.Donut })));

export interface ChartProps {
  title: string;
  headline?: ReactNode;
  /** Header of the first column of the table view, e.g. "Day". */
  keyLabel: string;
  /** Undefined while loading. */
  data: ChartData | undefined;
  height?: number;
}

/** Lines, or stacked areas, over time; the forecast dashed within its interval. */
export function LineChart({ stacked = false, ...frame }: ChartProps & { stacked?: boolean }) {
  return (
    <ChartFrame {...frame}>
      {(data, height) => <Lines data={data} height={height} stacked={stacked} />}
    </ChartFrame>
  );
}

/** Stacked bars per point. */
export function BarChart({ horizontal = false, ...frame }: ChartProps & { horizontal?: boolean }) {
  return (
    <ChartFrame {...frame}>
      {(data, height) => <Bars data={data} height={height} horizontal={horizontal} />}
    </ChartFrame>
  );
}

/** Shares of a whole: the points are the slices, their total the value. */
export function DonutChart(frame: ChartProps) {
  return <ChartFrame {...frame}>{(data, height) => <Donut data={data} height={height} />}</ChartFrame>;
}
