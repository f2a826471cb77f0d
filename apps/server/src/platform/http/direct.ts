import type { FastifyRequest } from 'fastify';

const loopback = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);
/** What proxies add. One of them on this machine makes every stranger look like a local program. */
const forwarding = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'];
const localName = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i;

/**
 * Whether a request comes straight from a program on this machine: over a loopback connection, through no proxy,
 * and to a local name, because a foreign page can make its own name point here (DNS rebinding).
 * X-Forwarded-For is not believed here, whatever number of proxies is trusted.
 */
export function isFromThisMachine(request: FastifyRequest): boolean {
  const { headers, socket } = request;
  return (
    loopback.has(socket.remoteAddress ?? '') &&
    forwarding.every((name) => headers[name] === undefined) &&
    localName.test(headers.host ?? '')
  );
}
