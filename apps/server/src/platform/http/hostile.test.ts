import { connect } from 'node:net';
import { once } from 'node:events';
import { gzipSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import pg from 'pg';
import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { AppError } from '../errors/app-error.ts';
import { createLogger } from '../log/log.ts';
import { createMetrics } from '../metrics/metrics.ts';
import type { Denial, Principal } from './access.ts';
import { registerDevMail } from './dev-mail.ts';
import { registerHealth } from './health.ts';
import { toAppError } from './problem.ts';
import { createRateLimits, type RateLimits } from './rate-limits.ts';
import { publicRoute, userRoute, type Route } from './route.ts';
import { createHttpApp } from './server.ts';

const ana: Principal = {
  kind: 'user',
  userId: 'ana',
  label: 'Ana',
  email: 'ana@example.com',
  credentialId: 's1',
  staffRole: null,
  restriction: null,
};
const origin = 'http://localhost:4700';

const echo = publicRoute({
  method: 'POST',
  path: '/echo',
  operationId: 'echo',
  summary: 'Answers what it was sent',
  rateLimit: 'none',
  body: z.strictObject({ text: z.string() }),
  answer: { status: 200, schema: z.object({ text: z.string() }) },
  handler: async (_context, { body }) => body,
});
const people = userRoute({
  method: 'GET',
  path: '/people-only',
  operationId: 'peopleOnly',
  summary: 'Not for API keys',
  answer: { status: 204 },
  handler: async () => undefined,
});
const feed = userRoute({
  method: 'GET',
  path: '/feed',
  operationId: 'feed',
  summary: 'A stream that ends only when it is told to',
  answer: { status: 200, live: true },
  handler: async ({ signal }) =>
    (async function* () {
      yield { event: 'begin', data: {} };
      if (!signal.aborted) await once(signal, 'abort');
    })(),
});
const upload = publicRoute({
  method: 'PUT',
  path: '/upload',
  operationId: 'upload',
  summary: 'Counts the bytes it was sent',
  rateLimit: 'none',
  upload: { contentTypes: ['text/csv'], maxBytes: 1000 },
  answer: { status: 200, schema: z.object({ bytes: z.number() }) },
  handler: async (_context, input) => {
    let bytes = 0;
    for await (const chunk of input.upload) bytes += (chunk as Buffer).length;
    return { bytes };
  },
});
const slow = publicRoute({
  method: 'GET',
  path: '/slow',
  operationId: 'slow',
  summary: 'Takes a moment',
  answer: { status: 200, schema: z.object({ done: z.boolean() }) },
  handler: async () => {
    await new Promise((resolve) => setTimeout(resolve, 300));
    return { done: true };
  },
});

interface Given {
  who?: () => Principal | null;
  rateLimits?: RateLimits;
  publicUrl?: string;
}

describe('the HTTP layer under attack', () => {
  let app: FastifyInstance | undefined;
  let denials: Denial[] = [];
  afterEach(() => app?.close());

  async function start(
    { who = () => ana, rateLimits = createRateLimits(new pg.Pool(), false), publicUrl = origin }: Given = {},
    routes: Route[] = [echo, people, feed, slow, upload],
  ) {
    denials = [];
    const log = createLogger('silent');
    const metrics = createMetrics({ collectDefaults: false });
    app = await createHttpApp({
      log,
      metrics,
      publicUrl,
      trustedProxies: 1,
      version: '1',
      authenticator: { authenticate: async () => who() },
      scopes: { organization: async () => null, workspace: async () => null },
      denials: { recordDenial: async (denial) => void denials.push(denial) },
      rateLimits,
      routes,
      liveCheckMs: 50,
      extras: async (own) => {
        registerHealth(own, {
          metrics,
          log,
          metricsToken: undefined,
          ready: () => Promise.reject(new Error('away')),
        });
        registerDevMail(own, { send: async () => '', listDevMail: async () => [] });
      },
    });
    await app.ready();
    return app;
  }

  test('addresses that cannot be decoded get a problem document with every header', async () => {
    const answer = await (
      await start({ publicUrl: 'https://atlas.example' })
    ).inject({ method: 'GET', url: '/api/v1/%zz' });
    expect(answer.statusCode).toBe(400);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.json()).toMatchObject({
      code: 'malformed_request',
      requestId: answer.headers['x-request-id'],
    });
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
    expect(answer.headers['strict-transport-security']).toBeDefined();
    expect(answer.body).not.toContain('%zz');
  });

  test.each(['/metrics', '/dev/mail', '/dev/mail.json'])(
    '%s is for programs on this machine alone',
    async (url) => {
      const own = await start();
      const ask = async (headers: Record<string, string>, remoteAddress = '127.0.0.1') =>
        (
          await own.inject({
            method: 'GET',
            url,
            headers: { host: 'localhost:4700', ...headers },
            remoteAddress,
          })
        ).statusCode;
      expect(await ask({})).toBe(200);
      expect(await ask({}, '::ffff:127.0.0.1')).toBe(200);
      expect(await ask({}, '192.168.1.20')).toBe(404);
      // A proxy on this machine, and a stranger who claims to be one behind it.
      expect(await ask({ 'x-forwarded-for': '203.0.113.5' })).toBe(404);
      expect(await ask({ 'x-forwarded-for': '127.0.0.1' }, '203.0.113.5')).toBe(404);
      expect(await ask({ 'x-forwarded-for': '127.0.0.1' })).toBe(404);
      // DNS rebinding: the page of another site whose name now points here.
      expect(await ask({ host: 'evil.example:4700' })).toBe(404);
      expect(await ask({ host: 'localhost.evil.example' })).toBe(404);
    },
  );

  test('readiness says nothing but that it is not', async () => {
    const answer = await (await start()).inject({ method: 'GET', url: '/health/ready' });
    expect([answer.statusCode, answer.json()]).toEqual([503, { status: 'unavailable' }]);
  });

  test('half a character is malformed, escaped pairs and deep nesting are not', async () => {
    const own = await start();
    const send = async (payload: string) =>
      (
        await own.inject({
          method: 'POST',
          url: '/api/v1/echo',
          headers: { 'x-atlas-csrf': '1', 'content-type': 'application/json' },
          payload,
        })
      ).statusCode;
    expect(await send('{"text":"\\ud83d\\ude00"}')).toBe(200);
    expect(await send('{"text":"a\\ud83d"}')).toBe(400);
    expect(await send('{"text":"\\udE00"}')).toBe(400);
    expect(await send('{"text":"x","\\udc00":1}')).toBe(400);
    expect(await send(`{"text":"\\ud83d\\ude00","more":${'['.repeat(400_000)}${']'.repeat(400_000)}}`)).toBe(
      422,
    );
  });

  test('a compressed body counts by what it becomes', async () => {
    const answer = await (
      await start()
    ).inject({
      method: 'POST',
      url: '/api/v1/echo',
      headers: { 'x-atlas-csrf': '1', 'content-type': 'application/json', 'content-encoding': 'gzip' },
      payload: gzipSync(`{"text":"${'x'.repeat(20_000_000)}"}`),
    });
    expect(answer.statusCode).toBe(413);
  });

  test('an upload takes its declared types, within its size, however it is sent', async () => {
    const own = await start();
    const send = async (
      type: string | undefined,
      payload?: string | Buffer,
      more: Record<string, string> = {},
    ) => {
      const headers = {
        'x-atlas-csrf': '1',
        ...(type === undefined ? {} : { 'content-type': type }),
        ...more,
      };
      return (
        await own.inject({
          method: 'PUT',
          url: '/api/v1/upload',
          headers,
          ...(payload === undefined ? {} : { payload }),
        })
      ).statusCode;
    };
    expect(await send('text/csv; charset=utf-8', 'a,b')).toBe(200);
    expect(await send('text/csv', 'x'.repeat(1001))).toBe(413);
    expect(await send('text/csv', gzipSync('x'.repeat(100_000)), { 'content-encoding': 'gzip' })).toBe(413);
    expect(await send('application/json', '{}')).toBe(415);
    expect(await send('text/html', 'x')).toBe(415);
    expect(await send(undefined)).toBe(415);
  });

  test('a foreign page that uses a session is written down with whose it was', async () => {
    const own = await start();
    const headers = {
      cookie: 'atlas_session=x',
      origin: 'https://evil.example',
      'content-type': 'application/json',
    };
    const answer = await own.inject({
      method: 'POST',
      url: '/api/v1/echo',
      headers,
      payload: '{"text":"x"}',
    });
    expect(answer.statusCode).toBe(403);
    expect(denials).toMatchObject([
      { code: 'csrf_rejected', operationId: 'echo', principal: { userId: 'ana' } },
    ]);
  });

  test('somebody who is refused a thousand times does not fill the audit log', async () => {
    let hits = 0;
    const rateLimits: RateLimits = {
      consume: async (rule) => {
        if (rule === 'denial_account' && ++hits > 3) throw new AppError('rate_limited');
      },
      forgive: async () => undefined,
      refund: async () => undefined,
    };
    const own = await start({ rateLimits, who: () => ({ ...ana, kind: 'api_key' }) });
    for (let n = 0; n < 10; n += 1) {
      const answer = await own.inject({
        method: 'GET',
        url: '/api/v1/people-only',
        headers: { authorization: 'Bearer x' },
      });
      expect(answer.statusCode).toBe(403);
    }
    expect(denials).toHaveLength(3);
  });

  test('a stream ends when its reader may not read any more', async () => {
    let who: Principal | null = ana;
    const own = await start({ who: () => who });
    const url = await own.listen({ port: 0, host: '127.0.0.1' });
    const answer = await fetch(`${url}/api/v1/feed`, { headers: { cookie: 'atlas_session=x' } });
    const text = answer.text();
    await new Promise((resolve) => setTimeout(resolve, 200));
    who = null;
    expect(await text).toContain('event: begin');
  });

  test('closing ends streams and idle connections and finishes what is being answered', async () => {
    const own = await start();
    const url = await own.listen({ port: 0, host: '127.0.0.1' });
    const idle = connect(Number(new URL(url).port), '127.0.0.1');
    await once(idle, 'connect');
    idle.write('GET /health/live HTTP/1.1\r\nhost: localhost\r\n\r\n');
    await once(idle, 'data');
    const stream = await fetch(`${url}/api/v1/feed`, { headers: { cookie: 'atlas_session=x' } });
    const working = fetch(`${url}/api/v1/slow`);
    await new Promise((resolve) => setTimeout(resolve, 100));
    const idleEnds = once(idle, 'close');
    await own.close();
    await stream.text();
    expect(await (await working).json()).toEqual({ done: true });
    await idleEnds;
  });
});

describe('errors of a database that is away', () => {
  test.each([
    new Error('Connection terminated unexpectedly'),
    new Error('Connection terminated due to connection timeout'),
    new Error('timeout exceeded when trying to connect'),
    new Error('Client has encountered a connection error and is not queryable'),
    Object.assign(new pg.DatabaseError('the database system is shutting down', 1, 'error'), {
      code: '57P03',
    }),
    Object.assign(new pg.DatabaseError('could not extend file: no space left', 1, 'error'), {
      code: '53100',
    }),
    Object.assign(new pg.DatabaseError('cannot execute UPDATE in a read-only transaction', 1, 'error'), {
      code: '25006',
    }),
    Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }),
  ])('%s is "try again", not a defect', (error) => {
    expect(toAppError(error)).toMatchObject({ code: 'unavailable', retryAfter: 2 });
  });

  test('a defect stays one', () => {
    expect(toAppError(new Error('x is not a function')).code).toBe('internal');
    expect(
      toAppError(Object.assign(new pg.DatabaseError('violates', 1, 'error'), { code: '23503' })).code,
    ).toBe('internal');
  });
});
