/** Conditions on users, as the table of resources takes them. */

/** Without a sign-in for so long, somebody is taken to have left. */
export const idleDays = 90;
/** Signed in within so many days is active. */
export const activeDays = 30;

/** The day so many days ago, YYYY-MM-DD: the same all day, so that an answer can be kept. */
export function daysAgo(days: number, now: number = Date.now()): string {
  return new Date(now - days * 86_400_000).toISOString().slice(0, 10);
}

const at = 'signInActivity.lastSignInDateTime';

export const conditions = {
  licensed: 'licences!=[]',
  unlicensed: 'licences=[]',
  holds: (sku: string): string => `licences.skuPartNumber~${sku}`,
  signedInBefore: (day: string): string => `${at}<${day}`,
  signedInAfter: (day: string): string => `${at}>${day}`,
  /** Told, and there is none. */
  neverSignedIn: ['signInActivity!=', `${at}=`],
  mfa: (registered: boolean): string => `mfa.registered=${registered}`,
  admins: 'mfa.admin=true',
  enabled: 'accountEnabled=true',
} as const;

export const activities = ['active', 'quiet', 'idle', 'never'] as const;
export type Activity = (typeof activities)[number];

/** `active` within 30 days, `quiet` before them, `idle` before 90, `never`. */
export function activityConditions(activity: Activity, now?: number): readonly string[] {
  if (activity === 'never') return conditions.neverSignedIn;
  if (activity === 'active') return [conditions.signedInAfter(daysAgo(activeDays, now))];
  return [conditions.signedInBefore(daysAgo(activity === 'quiet' ? activeDays : idleDays, now))];
}
