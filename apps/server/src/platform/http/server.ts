import compress from '@fastify/compress';
import cookie from '@fastify/cookie';
import swagger from '@fastify/swagger';
import {
  jsonSchemaTransform,
  jsonSchemaTransformObject,
  serializerCompiler,
  validatorCompiler,
} from '@fastify/type-provider-zod';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { AppError } from '../errors/app-error.ts';
import { newId } from '../ids/ids.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { Authenticator, DenialRecorder, ScopeResolver } from './access.ts';
import { registerBodyParsers } from './json-body.ts';
import { mountRoutes } from './mount.ts';
import { openApiOptions } from './openapi.ts';
import { problemOf, toAppError } from './problem.ts';
import type { RateLimits } from './rate-limits.ts';
import type { Route } from './route.ts';
import { allowedOriginsFor, registerSecurityHeaders, securityHeaders } from './security.ts';

export interface HttpOptions {
  log: Logger;
  metrics: Metrics;
  publicUrl: string;
  trustedProxies: number;
  version: string;
  authenticator: Authenticator;
  scopes: ScopeResolver;
  denials: DenialRecorder;
  rateLimits: RateLimits;
  routes: readonly Route[];
  /** Milliseconds between checks whether the caller of an open stream may still read it. */
  liveCheckMs?: number;
  /** Mounts what is not part of the API (health, web app, development pages). */
  extras?: (app: FastifyInstance) => Promise<void>;
}

const maxJsonBytes = 1024 * 1024;

/** Builds the HTTP application; the caller listens and closes. @throws when a route has no access policy */
export async function createHttpApp(options: HttpOptions): Promise<FastifyInstance> {
  const https = options.publicUrl.startsWith('https:');
  const app = Fastify({
    bodyLimit: maxJsonBytes,
    // Exactly this many hops are believed; hop 0 is the connection itself.
    trustProxy: (_address, hop) => hop < options.trustedProxies,
    genReqId: () => newId(),
    requestIdHeader: false,
    logger: false,
    return503OnClosing: true,
    forceCloseConnections: 'idle',
    // A slow client is cut off when it says nothing for so long; an upload of gigabytes may take its time.
    connectionTimeout: 120_000,
    requestTimeout: 4 * 3_600_000,
    routerOptions: { ignoreDuplicateSlashes: false, maxParamLength: 200 },
    // An address that cannot be decoded reaches neither hooks nor routes.
    frameworkErrors: (error, request, reply) => {
      securityHeaders(https).forEach(([name, value]) => void reply.header(name, value));
      void reply.header('x-request-id', request.id);
      answerProblem(options.log, error, request, reply);
    },
    // A malformed request line or header never reaches the error handler.
    clientErrorHandler(error, socket) {
      if (!socket.writable) return;
      const status =
        (error as NodeJS.ErrnoException).code === 'HPE_HEADER_OVERFLOW'
          ? '431 Request Header Fields Too Large'
          : '400 Bad Request';
      socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
    },
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  registerBodyParsers(app);
  registerSecurityHeaders(app, { https });
  observe(app, options);
  closeBusyConnections(app);
  handleErrors(app, options);
  refuseRoutesWithoutPolicy(app);
  await app.register(cookie);
  await app.register(compress, { threshold: 2048, encodings: ['br', 'gzip'] });
  await app.register(swagger, {
    openapi: openApiOptions(options),
    transform: jsonSchemaTransform,
    transformObject: jsonSchemaTransformObject,
  });
  mountRoutes(app, { ...options, allowedOrigins: allowedOriginsFor(options.publicUrl) });
  await options.extras?.(app);
  return app;
}

/** Every route under /api says who may call it, or the process does not start. */
function refuseRoutesWithoutPolicy(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    const declared = route.config?.route?.access !== undefined || route.config?.unguarded === true;
    if (!declared)
      throw new Error(
        `${String(route.method)} ${route.url}: no access policy. Declare it with a route function.`,
      );
  });
}

function observe(app: FastifyInstance, { log, metrics }: HttpOptions): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unmatched';
    const seconds = reply.elapsedTime / 1000;
    metrics.httpDuration.observe(
      { method: request.method, route, status: String(reply.statusCode) },
      seconds,
    );
    const level = reply.statusCode >= 500 ? 'error' : 'debug';
    log[level](
      {
        requestId: request.id,
        method: request.method,
        route,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
        ip: request.ip,
      },
      'request',
    );
  });
}

/**
 * Closing ends the connections that are idle at that moment; those that were busy would stay open, and the process with
 * them, until their keep-alive time is over.
 */
function closeBusyConnections(app: FastifyInstance): void {
  let closing = false;
  app.addHook('preClose', async () => {
    closing = true;
  });
  app.addHook('onSend', async (_request, reply) => {
    if (closing) reply.header('connection', 'close');
  });
  // A stream has sent its headers long before.
  app.addHook('onResponse', async () => {
    if (closing) setImmediate(() => app.server.closeIdleConnections());
  });
}

function answerProblem(
  log: Logger,
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const known = toAppError(error, request.routeOptions.bodyLimit);
  if (known.status >= 500)
    log.error(
      { err: known.cause ?? known, requestId: request.id, route: request.routeOptions.url },
      known.message,
    );
  if (known.retryAfter !== undefined) reply.header('retry-after', String(known.retryAfter));
  if (known.code === 'unauthenticated') reply.header('www-authenticate', 'Bearer realm="cloudatlas"');
  reply.removeHeader('content-disposition');
  return reply
    .code(known.status)
    .header('cache-control', 'no-store')
    .type('application/problem+json; charset=utf-8')
    .serializer((payload: unknown) => JSON.stringify(payload))
    .send(problemOf(known, request.id));
}

function handleErrors(app: FastifyInstance, { log }: HttpOptions): void {
  app.setErrorHandler((error, request, reply) => answerProblem(log, error, request, reply));
  app.setNotFoundHandler((request, reply) =>
    answerProblem(log, new AppError('not_found', 'There is nothing at this address.'), request, reply),
  );
}
