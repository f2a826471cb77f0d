/** One line, stack or slice. */
export interface Series {
  id: string;
  label: string;
  /** CSS colour; a provider's is `providerColor(...)`, others follow their position. */
  color?: string;
  /** It already is the sum of the others; the table then adds up none. */
  total?: boolean;
}

/** Values of all series at one place of the axis; null where there is none. */
export interface Point {
  /** ISO date or category; unique. */
  key: string;
  values: Readonly<Record<string, number | null>>;
  /** The same as exact decimal strings, for the table; the drawing alone may round. */
  exact?: Readonly<Record<string, string>>;
  /** Forecast total with its interval, for places after the last measured one. */
  forecast?: { value: number; low: number; high: number };
  /** Colour of the slice in a donut. */
  color?: string;
  /** The day is not over: its value will still grow. */
  partial?: boolean;
}

export interface ChartData {
  series: readonly Series[];
  points: readonly Point[];
  /** Axis text of a key. */
  formatKey: (key: string) => string;
  /** Text of a value, with its unit or currency. */
  formatValue: (value: number) => string;
  /** Shorter text of a value, for the axis. */
  formatAxis?: (value: number) => string;
  /** Text of an exact value in the table. */
  formatExact?: (amount: string) => string;
  /** A value that means something, drawn as a line across. */
  threshold?: { value: number; label: string };
}

const palette = 8;

/** Colour of the n-th series, from 0. */
export function seriesColor(series: Series, index: number): string {
  return series.color ?? `var(--series-${(index % palette) + 1})`;
}

export type ProviderId = 'aws' | 'azure' | 'gcp' | 'm365' | 'kubernetes';

/** A provider has the same colour everywhere. */
export function providerColor(provider: ProviderId): string {
  return `var(--${provider})`;
}
