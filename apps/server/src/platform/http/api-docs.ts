import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { policyWithInlineStyles } from './security.ts';

const require = createRequire(import.meta.url);

/** Files of Swagger UI that the page needs, and nothing else of its package. */
const files: Record<string, string> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
};

const page = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>CloudAtlas API</title><link rel="stylesheet" href="/api/docs/swagger-ui.css"></head>
<body><div id="reference"></div><script src="/api/docs/swagger-ui-bundle.js"></script><script src="/api/docs/start.js"></script></body></html>`;

const start = `SwaggerUIBundle({ url: '/api/openapi.json', dom_id: '#reference', deepLinking: true, docExpansion: 'none',
  filter: true, displayRequestDuration: true, validatorUrl: null, tryItOutEnabled: false,
  requestInterceptor: (request) => { request.headers['x-atlas-csrf'] = '1'; return request; } });`;

/** The OpenAPI 3.1 document and a page to browse and try it, served from here: no script of another host. */
export function registerApiDocs(app: FastifyInstance): void {
  const config = { unguarded: true };
  const folder = dirname(require.resolve('swagger-ui-dist/package.json'));
  const cache = new Map<string, Buffer>();
  let document: string | undefined;
  app.get('/api/openapi.json', { config }, async (_request, reply) => {
    // Made on the first request: it takes a moment with hundreds of routes.
    document ??= JSON.stringify(app.swagger());
    return reply.type('application/json; charset=utf-8').send(document);
  });
  app.get('/api/docs', { config }, async (_request, reply) =>
    reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', policyWithInlineStyles)
      .send(page),
  );
  app.get('/api/docs/start.js', { config }, async (_request, reply) =>
    reply.type('text/javascript; charset=utf-8').send(start),
  );
  for (const [name, type] of Object.entries(files)) {
    app.get(`/api/docs/${name}`, { config }, async (_request, reply) => {
      const bytes = cache.get(name) ?? readFileSync(join(folder, name));
      cache.set(name, bytes);
      return reply.type(type).header('cache-control', 'public, max-age=86400').send(bytes);
    });
  }
}
