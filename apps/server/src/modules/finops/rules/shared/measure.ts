import type { Statistic } from '@cloudatlas/cloud/observations';
import type { Evidence, LocalText } from '@cloudatlas/contracts/finops';
import type { Facts, MetricProfile, RuleResource, Skip } from '../rule.ts';
import { daily } from './evidence.ts';
import { isSkip, skip } from './verdict.ts';

/**
 * Complete days wanted of a look-back: one in ten may be missing (the first and the last are
 * cut by the hour, agents restart). Age is checked apart, so young resources do not slip in.
 */
export function enoughDays(lookback: number): number {
  return Math.max(1, Math.floor(lookback * 0.9));
}

/** A metric over the look-back, or why it says nothing: never measured, or too few days. */
export function measured(
  facts: Facts,
  resource: RuleResource,
  metric: string,
  statistic: Statistic,
  days: number,
): MetricProfile | Skip {
  const profile = facts.metric(resource, metric, statistic, days);
  if (!profile || profile.days === 0) return skip('no_metrics', metric);
  return profile.days < enoughDays(days) ? skip('too_few_metrics', metric) : profile;
}

/**
 * Total of an event counter (requests, bytes, calls) over the look-back. Such metrics have no
 * points while nothing happens, so a counter that was read and is empty counts zero; one that
 * was never read is a skip.
 */
export function counted(
  facts: Facts,
  resource: RuleResource,
  metric: string,
  days: number,
): { readonly total: number; readonly profile: MetricProfile } | Skip {
  const profile = facts.metric(resource, metric, 'sum', days);
  return profile ? { total: profile.sum, profile } : skip('no_metrics', metric);
}

/** The largest daily figure of a profile: `maximum` of gauges, `sum` of counters; 0 without days. */
export function busiestDay(profile: MetricProfile, figure: 'maximum' | 'sum' | 'average'): number {
  return profile.daily.reduce((most, day) => Math.max(most, day[figure]), 0);
}

/** Counters of use added up. */
export interface Usage {
  readonly total: number;
  /** Fewest days with data of the counters. */
  readonly days: number;
  readonly evidence: readonly Evidence[];
}

/** Total of several event counters over the look-back, e.g. bytes in and out; each as a daily series. */
export function usage(
  facts: Facts,
  resource: RuleResource,
  counters: readonly (readonly [metric: string, label: LocalText])[],
  days: number,
  threshold: number | null = null,
): Usage | Skip {
  let total = 0;
  let fewest = days;
  const evidence: Evidence[] = [];
  for (const [metric, label] of counters) {
    const found = counted(facts, resource, metric, days);
    if (isSkip(found)) return found;
    total += found.total;
    fewest = Math.min(fewest, found.profile.days);
    if (found.profile.daily.length > 0) evidence.push(daily(label, found.profile, 'sum', threshold));
  }
  return { total, days: fewest, evidence };
}
