import type { Labelled } from '../forecast/simulate.ts';
import type { Anomaly } from './detect.ts';

export interface Score {
  truePositives: number;
  falsePositives: number;
  falseNegatives: number;
  precision: number;
  recall: number;
  f1: number;
}

/** A finding counts for an anomaly when it comes on its first day or up to so many days later. */
const TOLERANCE = 2;

/**
 * Scores findings against labels, event by event. An anomaly is found once; further findings within
 * a week of it (its end, its aftermath) are neither right nor wrong.
 */
export function evaluate(cases: readonly { series: Labelled; found: readonly Anomaly[] }[]): Score {
  let truePositives = 0;
  let falsePositives = 0;
  let falseNegatives = 0;
  for (const { series, found } of cases) {
    for (const truth of series.anomalies) {
      if (found.some((f) => f.index >= truth.index && f.index <= truth.index + TOLERANCE)) truePositives += 1;
      else falseNegatives += 1;
    }
    for (const f of found)
      if (!series.anomalies.some((t) => f.index >= t.index && f.index <= t.index + 7)) falsePositives += 1;
  }
  const precision =
    truePositives + falsePositives === 0 ? 1 : truePositives / (truePositives + falsePositives);
  const recall = truePositives + falseNegatives === 0 ? 1 : truePositives / (truePositives + falseNegatives);
  return {
    truePositives,
    falsePositives,
    falseNegatives,
    precision,
    recall,
    f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall),
  };
}
