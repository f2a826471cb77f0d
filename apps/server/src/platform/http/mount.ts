import { finished, Readable, Transform } from 'node:stream';
import { Problem } from '@cloudatlas/contracts/problem';
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import { z } from 'zod';
import { AppError } from '../errors/app-error.ts';
import type { Passed } from './gate.ts';
import { passGate } from './gate.ts';
import type { RequestContext } from './context.ts';
import { LiveStreams } from './live-streams.ts';
import { toAppError } from './problem.ts';
import { addressKey } from './rate-limits.ts';
import type { Download, LiveEvent, Route } from './route.ts';
import { refuseCrossSite } from './security.ts';
import type { HttpOptions } from './server.ts';
import { readCredential, sessionCookieName } from './credential.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    route?: Route;
    /** Set for the few addresses outside the API that guard themselves (health, static files). */
    unguarded?: boolean;
  }
  interface FastifyRequest {
    passed: Passed | null;
  }
}

type MountOptions = HttpOptions & { allowedOrigins: ReadonlySet<string>; streams: LiveStreams };

/** Mounts declared routes: gate, limits, validation, handler, answer. */
export function mountRoutes(app: FastifyInstance, given: Omit<MountOptions, 'streams'>): void {
  const options = { ...given, streams: new LiveStreams(given.liveCheckMs) };
  app.decorateRequest('passed', null);
  app.addHook('preClose', async () => options.streams.closeAll());
  const operations = new Set<string>();
  for (const route of options.routes) {
    if (operations.has(route.operationId)) throw new Error(`Two routes are called ${route.operationId}.`);
    operations.add(route.operationId);
    app.route(fastifyRoute(route, options));
  }
}

/** Streams and files inside JSON have limits of their own. */
function bodyLimitOf(route: Route): { bodyLimit?: number } {
  const limit = route.upload?.maxBytes ?? route.maxBodyBytes;
  return limit === undefined ? {} : { bodyLimit: limit };
}

function fastifyRoute(route: Route, options: MountOptions): RouteOptions {
  return {
    method: route.method,
    url: route.url,
    config: { route },
    schema: schemaOf(route),
    ...bodyLimitOf(route),
    onRequest: async (request, reply) => {
      reply.header('cache-control', 'no-store');
      if (request.url.includes('%00'))
        throw new AppError('malformed_request', 'The address contains a NUL character.');
      await admit(route, request, options);
    },
    onError: async (request, _reply, error) => recordDenial(route, request, error, options),
    handler: async (request, reply) => {
      const result = await route.handler(contextOf(route, request, reply, options), {
        params: request.params,
        query: request.query,
        body: request.body,
        upload:
          route.upload === undefined
            ? Readable.from([])
            : bounded(streamOf(request, route.upload.contentTypes), route.upload.maxBytes),
      });
      return send(route, reply, result);
    },
  };
}

function schemaOf(route: Route): Record<string, unknown> {
  const { answer } = route;
  const success =
    'schema' in answer ? answer.schema : 'download' in answer || 'live' in answer ? z.any() : z.undefined();
  const security = route.access.scope === 'public' ? [] : [{ session: [] }, { bearer: [] }];
  return {
    operationId: route.operationId,
    summary: route.summary,
    tags: [route.url.split('/').filter((part) => part !== '' && !part.startsWith(':'))[2] ?? 'api'],
    security,
    'x-atlas-access': route.access,
    ...(route.params === undefined ? {} : { params: route.params }),
    ...(route.query === undefined ? {} : { querystring: route.query }),
    ...(route.body === undefined ? {} : { body: route.body }),
    response: { [answer.status]: success, '4xx': Problem, '5xx': Problem },
  };
}

/** Authentication, CSRF, gate and rate limits; nothing of the body has been read yet. */
async function admit(route: Route, request: FastifyRequest, options: MountOptions): Promise<void> {
  const credential = readCredential(request, options.publicUrl);
  const principal = credential === null ? null : await options.authenticator.authenticate(credential);
  request.passed = { principal, organization: null, workspace: null };
  // Public writes set cookies too (sign-in), so they are checked like those that carry one. After the principal is
  // known: the audit log names whose session a foreign page tried to use.
  if (credential?.kind !== 'bearer') refuseCrossSite(request, options.allowedOrigins);
  if (route.rateLimit === 'auth') await options.rateLimits.consume('auth_address', addressKey(request.ip));
  if (route.rateLimit === 'write') {
    if (principal === null) await options.rateLimits.consume('write_address', addressKey(request.ip));
    else await options.rateLimits.consume('write_account', principal.userId);
  }
  request.passed = await passGate(
    route.access,
    principal,
    request.params as { org?: string },
    options.scopes,
    (passed) => {
      request.passed = passed;
    },
  );
}

/** Whether a request would still be let in. Only a refusal counts: a database that is away decides nothing. */
async function isStillAllowed(
  route: Route,
  request: FastifyRequest,
  options: MountOptions,
): Promise<boolean> {
  try {
    const credential = readCredential(request, options.publicUrl);
    const principal = credential === null ? null : await options.authenticator.authenticate(credential);
    await passGate(
      route.access,
      principal,
      request.params as { org?: string },
      options.scopes,
      () => undefined,
    );
    return true;
  } catch (error) {
    return !(error instanceof AppError);
  }
}

const denialCodes = new Set([
  'forbidden',
  'plan_required',
  'csrf_rejected',
  'unauthenticated',
  'rate_limited',
]);

async function recordDenial(
  route: Route,
  request: FastifyRequest,
  error: unknown,
  options: MountOptions,
): Promise<void> {
  const known = toAppError(error);
  if (!denialCodes.has(known.code)) return;
  options.metrics.denials.inc({ code: known.code });
  // Strangers and floods are counted, not written: the audit log must not be theirs to fill.
  const principal = request.passed?.principal ?? null;
  if (principal === null || known.code === 'rate_limited') return;
  try {
    if (await isFlood(principal.userId, options)) return;
    await options.denials.recordDenial({
      operationId: route.operationId,
      code: known.code,
      detail: known.detail ?? null,
      principal,
      organization: request.passed?.organization ?? null,
      workspace: request.passed?.workspace ?? null,
      ip: request.ip,
      requestId: request.id,
    });
  } catch (failure) {
    options.log.error(
      { err: failure, requestId: request.id },
      'a denial could not be written to the audit log',
    );
  }
}

/** Reads have no rate limit, and each refused one would add to an organization's chain. */
async function isFlood(userId: string, options: MountOptions): Promise<boolean> {
  try {
    await options.rateLimits.consume('denial_account', userId);
    return false;
  } catch (error) {
    if (error instanceof AppError && error.code === 'rate_limited') return true;
    throw error;
  }
}

function contextOf(
  route: Route,
  request: FastifyRequest,
  reply: FastifyReply,
  options: MountOptions,
): RequestContext {
  const { passed } = request;
  const https = options.publicUrl.startsWith('https:');
  const cookieBase = { path: '/', httpOnly: true, sameSite: 'lax', secure: https } as const;
  const context = {
    requestId: request.id,
    ip: request.ip,
    userAgent: (request.headers['user-agent'] ?? '').slice(0, 300),
    get log() {
      return options.log.child({
        requestId: request.id,
        operation: request.routeOptions.config.route?.operationId,
      });
    },
    principal: passed?.principal ?? null,
    get signal() {
      const gone = abortSignal(reply);
      return 'live' in route.answer
        ? options.streams.track(() => isStillAllowed(route, request, options), gone)
        : gone;
    },
    cookie: (name: string) => request.cookies[sessionCookieName(name, options.publicUrl)],
    setCookie: (name: string, value: string, { maxAgeSeconds }: { maxAgeSeconds: number }) => {
      reply.setCookie(sessionCookieName(name, options.publicUrl), value, {
        ...cookieBase,
        maxAge: maxAgeSeconds,
      });
    },
    clearCookie: (name: string) => {
      reply.clearCookie(sessionCookieName(name, options.publicUrl), cookieBase);
    },
    organization: passed?.organization ?? null,
    workspace: passed?.workspace ?? null,
  };
  return context;
}

function abortSignal(reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  finished(reply.raw, () => controller.abort());
  return controller.signal;
}

async function send(route: Route, reply: FastifyReply, result: unknown): Promise<unknown> {
  const { answer } = route;
  reply.code(answer.status);
  if ('download' in answer) {
    const { filename, body } = result as Download;
    const ascii = filename.replaceAll(/[^\w.-]/g, '_');
    reply.header(
      'content-disposition',
      `attachment; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(filename)}`,
    );
    reply.type(answer.download);
    return reply.send(Readable.from(body));
  }
  if ('live' in answer) {
    reply.type('text/event-stream').header('x-accel-buffering', 'no');
    return reply.send(Readable.from(serverSentEvents(result as AsyncIterable<LiveEvent>)));
  }
  if (answer.status === 204) return reply.send();
  return result;
}

async function* serverSentEvents(events: AsyncIterable<LiveEvent>): AsyncIterable<string> {
  yield 'retry: 2000\n\n';
  for await (const { event, data } of events) yield `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** JSON was parsed whole and an absent body is none: only the declared types are left as streams (json-body.ts). */
function streamOf(request: FastifyRequest, contentTypes: readonly string[]): Readable {
  if (request.body instanceof Readable) return request.body;
  throw new AppError('unsupported_media_type', `Send the bytes as ${contentTypes.join(' or ')}.`);
}

/** Cuts a stream that is longer than declared; Content-Length alone can lie or be absent. */
function bounded(source: Readable, maxBytes: number): Readable {
  let seen = 0;
  const counter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      seen += chunk.length;
      if (seen > maxBytes) done(new AppError('payload_too_large', `At most ${maxBytes} bytes are accepted.`));
      else done(null, chunk);
    },
  });
  source.on('error', (error) => counter.destroy(error));
  return source.pipe(counter);
}
