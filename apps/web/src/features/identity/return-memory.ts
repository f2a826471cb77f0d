/**
 * Where to go once a new account is confirmed (an invitation, mostly). Kept on this device:
 * the mail link opens the application anew.
 */
import { safeReturnTo } from '@/app/return-to.ts';

const storageKey = 'atlas.afterVerify';

export function rememberReturn(returnTo: string | null): void {
  if (returnTo !== null) localStorage.setItem(storageKey, safeReturnTo(returnTo));
}

/** Reads and forgets it. */
export function takeReturn(): string {
  const stored = localStorage.getItem(storageKey);
  localStorage.removeItem(storageKey);
  return safeReturnTo(stored);
}
