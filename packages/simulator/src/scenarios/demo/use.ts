import type { UsageProfile } from '../../aws/metrics/profiles.ts';

/** How much something is used: shares of its CPU on the mean and at the peak. */
export const use = (
  kind: UsageProfile['kind'],
  level: number,
  peak: number,
  more: Partial<UsageProfile> = {},
): UsageProfile => ({
  kind,
  level,
  peak,
  memory: 0.45,
  perHour: kind === 'idle' ? 0 : 900,
  durationMs: 100,
  ...more,
});
export const BUSY = use('steady', 0.42, 0.81);
export const IDLE = use('idle', 0.012, 0.03, { memory: 0.12 });
export const OVERSIZED = use('oversized', 0.06, 0.19, { memory: 0.2 });
export const OFFICE = use('office-hours', 0.3, 0.7);
