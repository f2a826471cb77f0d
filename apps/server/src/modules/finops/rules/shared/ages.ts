import type { RuleResource } from '../rule.ts';

const DAY_MS = 86_400_000;

/** Days from an instant until now, with fractions; never negative. */
export function daysSince(at: Date, now: Date): number {
  return Math.max(0, (now.getTime() - at.getTime()) / DAY_MS);
}

/** Days since it was made; where the provider does not say, since the inventory met it first. */
export function ageDays(resource: RuleResource, now: Date): number {
  return daysSince(resource.createdAt ?? resource.firstSeenAt, now);
}

/** How long something has been as it is. */
export interface Standing {
  readonly days: number;
  /** False when nobody saw it begin: then `days` is the resource's age, the longest it can be. */
  readonly witnessed: boolean;
}

/** How long the resource has been in its state. */
export function standing(resource: RuleResource, now: Date): Standing {
  return resource.stateSince
    ? { days: daysSince(resource.stateSince, now), witnessed: true }
    : { days: ageDays(resource, now), witnessed: false };
}

/** An instant in a text; undefined when there is none. */
export function instantIn(text: string | undefined): Date | undefined {
  if (text === undefined) return undefined;
  const at = new Date(text);
  return Number.isNaN(at.getTime()) ? undefined : at;
}
