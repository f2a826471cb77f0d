import type { Statistic } from '@cloudatlas/cloud/observations';
import type { Rule } from '../rules/rule.ts';
import { maxDays } from './profile.ts';

/** A series that some rule reads of resources of a type. */
export interface WantedMetric {
  metric: string;
  statistic: Statistic;
  /** Longest look-back of the rules that read it. */
  days: number;
}

/** What the rules read, by resource type. */
export function wantedMetrics(rules: readonly Rule[]): Map<string, WantedMetric[]> {
  const wanted = new Map<string, Map<string, WantedMetric>>();
  for (const rule of rules) {
    for (const { metric, statistic, type = rule.resourceType } of rule.metrics) {
      const ofType = wanted.get(type) ?? new Map<string, WantedMetric>();
      wanted.set(type, ofType);
      const key = `${metric} ${statistic}`;
      const days = Math.min(maxDays, Math.max(rule.lookbackDays, ofType.get(key)?.days ?? 1));
      ofType.set(key, { metric, statistic, days });
    }
  }
  return new Map([...wanted].map(([type, metrics]) => [type, [...metrics.values()]]));
}
