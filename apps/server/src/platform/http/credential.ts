import type { FastifyRequest } from 'fastify';
import type { Credential } from './access.ts';

/** Name of the browser session's cookie, without its prefix. */
export const sessionCookie = 'atlas_session';

/** `__Host-` binds a cookie to this host and to https; plain http (localhost) cannot carry it. */
export function sessionCookieName(name: string, publicUrl: string): string {
  return publicUrl.startsWith('https:') ? `__Host-${name}` : name;
}

/** What the request authenticates with: a bearer token wins over a cookie. */
export function readCredential(request: FastifyRequest, publicUrl: string): Credential | null {
  const userAgent = (request.headers['user-agent'] ?? '').slice(0, 300);
  const { authorization } = request.headers;
  if (authorization !== undefined) {
    const match = /^Bearer ([\w.~+/=-]{1,4096})$/i.exec(authorization);
    // A malformed header is a failed attempt, not a reason to look at the cookie.
    return { kind: 'bearer', value: match?.[1] ?? '', ip: request.ip, userAgent };
  }
  const value = request.cookies[sessionCookieName(sessionCookie, publicUrl)];
  return value === undefined ? null : { kind: 'cookie', value, ip: request.ip, userAgent };
}
