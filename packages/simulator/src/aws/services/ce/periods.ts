import type { DateInterval, Granularity } from '@aws-sdk/client-cost-explorer';
import { HISTORY_MONTHS, monthsBefore } from '../../ledger/ledger.ts';
import { DAY_MS, HOUR_MS } from '../../ledger/patterns.ts';
import { validation } from './expression.ts';

/** One period of an answer. */
export interface Period {
  /** Milliseconds; `to` is exclusive. */
  readonly from: number;
  readonly to: number;
  readonly label: DateInterval;
  readonly estimated: boolean;
}

/** Days of the next month on which a month's bill is closed. */
const CLOSING_DAYS = 3;

function parse(text: string | undefined, name: string, hourly: boolean): number {
  const pattern = hourly ? /^\d{4}-\d\d-\d\dT\d\d:00:00Z$/ : /^\d{4}-\d\d-\d\d$/;
  const at = pattern.test(text ?? '') ? Date.parse(text ?? '') : Number.NaN;
  if (Number.isNaN(at)) {
    throw validation(
      `${name} ${text ?? ''} must be in the form ${hourly ? 'yyyy-MM-ddTHH:mm:ssZ' : 'yyyy-MM-dd'}`,
    );
  }
  return at;
}

/** Reads a time period; the end is exclusive. */
export function readInterval(
  interval: DateInterval | undefined,
  hourly = false,
): { from: number; to: number } {
  const from = parse(interval?.Start, 'Start time', hourly);
  const to = parse(interval?.End, 'End time', hourly);
  if (from >= to) throw validation('Start date (and hour) should be before end date (and hour)');
  return { from, to };
}

/** Refuses questions about times Cost Explorer does not keep. */
export function checkHistory(from: number, to: number, granularity: Granularity, now: number): void {
  if (granularity === 'HOURLY') {
    if (from < now - 14 * DAY_MS - HOUR_MS)
      throw validation('Data beyond 14 days is not available in HOURLY granularity');
  } else if (from < monthsBefore(now, HISTORY_MONTHS)) {
    throw validation(`You haven't enabled historical data beyond ${HISTORY_MONTHS} months`);
  }
  if (to > monthsBefore(now, -1)) throw validation('end date past the beginning of next month');
}

function monthEnd(at: number): number {
  return monthsBefore(at, -1);
}

function isEstimated(from: number, now: number): boolean {
  return now < monthEnd(from) + CLOSING_DAYS * DAY_MS;
}

function label(from: number, to: number, hourly: boolean): DateInterval {
  const text = (at: number): string =>
    hourly ? new Date(at).toISOString().replace('.000Z', 'Z') : new Date(at).toISOString().slice(0, 10);
  return { Start: text(from), End: text(to) };
}

/** Cuts an interval into days, hours or months; the first and last month are clipped to the interval. */
export function cut(from: number, to: number, granularity: Granularity, now: number): Period[] {
  const periods: Period[] = [];
  for (let at = from; at < to;) {
    const next =
      granularity === 'MONTHLY'
        ? Math.min(monthEnd(at), to)
        : at + (granularity === 'DAILY' ? DAY_MS : HOUR_MS);
    periods.push({
      from: at,
      to: next,
      label: label(at, next, granularity === 'HOURLY'),
      estimated: isEstimated(at, now),
    });
    at = next;
  }
  return periods;
}
