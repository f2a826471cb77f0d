import type { Evidence, LocalText } from '@cloudatlas/contracts/finops';
import type { MetricProfile } from '../rule.ts';

/** One point a day, oldest first, beside the threshold it is judged by. */
export function daily(
  label: LocalText,
  profile: MetricProfile,
  figure: 'average' | 'maximum' | 'sum',
  threshold: number | null = null,
): Evidence {
  return {
    kind: 'series',
    label,
    unit: profile.unit,
    threshold,
    points: profile.daily.map((day) => ({ at: day.at.toISOString(), value: day[figure] })),
  };
}

/** Mean of each of the 168 hours of the week. */
export function weekly(label: LocalText, profile: MetricProfile, threshold: number | null = null): Evidence {
  const hours = Array.from({ length: 168 }, (_, hour) => profile.week[hour] ?? null);
  return { kind: 'week', label, unit: profile.unit, threshold, hours };
}

/** A fact that needs no drawing. */
export function fact(label: LocalText, value: string): Evidence {
  return { kind: 'fact', label, value };
}
