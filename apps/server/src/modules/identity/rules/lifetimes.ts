/** How long each credential lives, in milliseconds. ASVS 7.1.1 wants them written down: this is the place. */
const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

export const lifetimes = {
  /** Mail link of a sign-up. */
  registration: day,
  /** Mail link of a password reset. */
  passwordReset: hour,
  /** Between the right password and the second factor. */
  mfaChallenge: 5 * minute,
  /** Between showing a TOTP seed and its first code. */
  totpEnrolment: 15 * minute,
  browserSession: { absolute: 90 * day, idle: 14 * day },
  apiSession: { absolute: 30 * day, idle: 7 * day },
  accessToken: 5 * minute,
  /** How long a used refresh token may be sent again and gets the same successor. */
  refreshGrace: 10 * second,
  /** How often a session's or key's last use is written. */
  lastSeenResolution: minute,
  signingKey: { signs: 30 * day, overlap: day },
  /** How long ended sessions stay, so that a late reuse of their tokens is still recognised. */
  endedSession: 30 * day,
} as const;

/** An instant some milliseconds later. */
export function later(instant: Date, milliseconds: number): Date {
  return new Date(instant.getTime() + milliseconds);
}
