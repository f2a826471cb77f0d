import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AppError } from '../errors/app-error.ts';

/** Pages and API: own scripts and styles only. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** The headers of OWASP ASVS V3.4. */
export function securityHeaders(https: boolean): [string, string][] {
  return [
    ['content-security-policy', policy],
    ['x-content-type-options', 'nosniff'],
    ['referrer-policy', 'no-referrer'],
    ['x-frame-options', 'DENY'],
    ['cross-origin-opener-policy', 'same-origin'],
    ['cross-origin-resource-policy', 'same-origin'],
    ['permissions-policy', 'camera=(), microphone=(), geolocation=(), payment=()'],
    ...(https
      ? [['strict-transport-security', 'max-age=31536000; includeSubDomains'] as [string, string]]
      : []),
  ];
}

/** Adds the security headers to every answer. */
export function registerSecurityHeaders(app: FastifyInstance, options: { https: boolean }): void {
  const headers = securityHeaders(options.https);
  app.addHook('onRequest', async (_request, reply) => {
    for (const [name, value] of headers) reply.header(name, value);
  });
}

/** For the two pages whose markup is not ours to change or carries its own small style sheet; scripts stay strict. */
export const policyWithInlineStyles = policy.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'");

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses cross-site state changes (ASVS 3.5.1-3.5.3). A browser always sends Origin or Sec-Fetch-Site with
 * them; a client that sends neither must send the custom header, which a foreign page cannot do without a
 * preflight that this server never answers. Bearer requests are exempt: no browser sends them by itself.
 */
export function refuseCrossSite(request: FastifyRequest, allowedOrigins: ReadonlySet<string>): void {
  if (safeMethods.has(request.method)) return;
  const { origin, 'sec-fetch-site': site, 'x-atlas-csrf': header } = request.headers;
  if (origin !== undefined) {
    if (allowedOrigins.has(origin)) return;
    throw new AppError(
      'csrf_rejected',
      'The Origin header names another site than PUBLIC_URL of this installation.',
    );
  }
  if (site !== undefined) {
    if (site === 'same-origin') return;
    throw new AppError('csrf_rejected', 'The request came from another site.');
  }
  if (header === undefined) throw new AppError('csrf_rejected', 'Send the x-atlas-csrf header.');
}

/** Origins that may send state changes: the public one, and every loopback name of it while developing. */
export function allowedOriginsFor(publicUrl: string): Set<string> {
  const { origin, protocol, hostname, port } = new URL(publicUrl);
  const origins = new Set([origin]);
  if (hostname === 'localhost' || hostname === '127.0.0.1') {
    for (const name of ['localhost', '127.0.0.1'])
      origins.add(`${protocol}//${name}${port === '' ? '' : `:${port}`}`);
  }
  return origins;
}
