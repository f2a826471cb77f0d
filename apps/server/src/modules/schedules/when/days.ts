import type { Recurrence } from '@cloudatlas/contracts/schedules';

const ofKind = {
  daily: [1, 2, 3, 4, 5, 6, 7],
  weekdays: [1, 2, 3, 4, 5],
  weekends: [6, 7],
} as const;

/** ISO weekdays of a recurrence, in order, each once. */
export function daysOf({ kind, days }: Recurrence): number[] {
  return kind === 'days' ? [...new Set(days)].toSorted((a, b) => a - b) : [...ofKind[kind]];
}
