/**
 * Where to go after signing in. Only paths of this application are accepted: `//host` and `/\host` would lead
 * elsewhere (open redirect).
 */
export function safeReturnTo(value: string | null): string {
  if (value === null || !value.startsWith('/')) return '/';
  try {
    const url = new URL(value, window.location.origin);
    return url.origin === window.location.origin ? `${url.pathname}${url.search}${url.hash}` : '/';
  } catch {
    return '/';
  }
}

/** Address of the sign-in page that comes back here. */
export function signInPath(returnTo: string): string {
  return returnTo === '/' ? '/sign-in' : `/sign-in?returnTo=${encodeURIComponent(returnTo)}`;
}
