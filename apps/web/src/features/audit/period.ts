/** Periods of the filter. Days are those of the user's clock. */
export const periods = ['24h', '7d', '30d', '90d', 'custom'] as const;
export type Period = (typeof periods)[number];

const hours: Record<Exclude<Period, 'custom'>, number> = { '24h': 24, '7d': 168, '30d': 720, '90d': 2160 };

export interface PeriodFilter {
  period?: string | undefined;
  /** First day, `YYYY-MM-DD`, inclusive. */
  from?: string | undefined;
  /** Last day, `YYYY-MM-DD`, inclusive. */
  to?: string | undefined;
}

/** Midnight of a local day as an instant; undefined for what is no date. */
function startOf(day: string | undefined, addDays: number): string | undefined {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day ?? '');
  if (parts === null) return undefined;
  return new Date(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]) + addDays).toISOString();
}

/**
 * The instants of a period: `from` inclusive, `to` exclusive.
 * @param now milliseconds since the epoch; rounded to the minute, so a repeated request finds the cache
 */
export function periodBounds(
  filter: PeriodFilter,
  now: number,
): { from?: string | undefined; to?: string | undefined } {
  if (filter.period === 'custom') return { from: startOf(filter.from, 0), to: startOf(filter.to, 1) };
  const span = hours[filter.period as Exclude<Period, 'custom'>] as number | undefined;
  if (span === undefined) return {};
  const minute = Math.floor(now / 60_000) * 60_000;
  return { from: new Date(minute - span * 3_600_000).toISOString() };
}
