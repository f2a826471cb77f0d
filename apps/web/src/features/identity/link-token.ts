/**
 * The secret of a mail link. It travels in the fragment (`#token=…`), which browsers never send to a server
 * nor pass on as referrer.
 */
export function tokenFromHash(hash: string): string | null {
  const text = hash.replace(/^#/, '');
  const token = text.includes('=') ? new URLSearchParams(text).get('token') : text;
  return token === null || token === '' ? null : token;
}
