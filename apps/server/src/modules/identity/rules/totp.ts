import { Secret, TOTP } from 'otpauth';

/** RFC 6238 as authenticator apps expect it. */
const parameters = { issuer: 'CloudAtlas', algorithm: 'SHA1', digits: 6, period: 30 } as const;
/** Accepted steps before and after the present one, for clocks that differ (RFC 6238 section 5.2). */
const window = 1;

/** A new seed of 160 bits, base32. */
export function newTotpSeed(): string {
  return new Secret({ size: 20 }).base32;
}

/** `otpauth://` address for the QR code. */
export function otpauthUrl(seed: string, account: string): string {
  return new TOTP({ ...parameters, label: account, secret: Secret.fromBase32(seed) }).toString();
}

/**
 * Finds the time step a code belongs to.
 * @param lastStep step of the last accepted code; it and everything before it is refused, so a code works once
 * @returns the step to remember, or null when the code is wrong, too old, too new or was used
 */
export function acceptTotp(seed: string, code: string, now: Date, lastStep: number): number | null {
  const totp = new TOTP({ ...parameters, secret: Secret.fromBase32(seed) });
  const delta = totp.validate({ token: code, timestamp: now.getTime(), window });
  if (delta === null) return null;
  const step = Math.floor(now.getTime() / 1000 / parameters.period) + delta;
  return step > lastStep ? step : null;
}
