import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import staticFiles from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/**
 * Serves the built web app: hashed assets for ever, the page itself never cached, and the page for every
 * address that a browser navigates to and nothing else answers.
 */
export async function registerWebApp(app: FastifyInstance, folder: URL): Promise<void> {
  const root = fileURLToPath(folder);
  if (!existsSync(new URL('index.html', folder))) return;
  await app.register(async (scope) => {
    await scope.register(staticFiles, {
      root,
      wildcard: false,
      index: false,
      cacheControl: false,
      setHeaders: (reply, path) => {
        const hashed = path.includes('/assets/');
        reply.header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    });
    scope.get('/*', { config: { unguarded: true } }, async (request, reply) => {
      const path = request.url.split('?')[0] ?? '/';
      const isPage = !path.startsWith('/api/') && !/\.[a-z0-9]{2,5}$/i.test(path);
      if (!isPage) return reply.callNotFound();
      return reply.header('cache-control', 'no-cache').sendFile('index.html');
    });
  });
}

/** Marks the plugin's own routes, which carry no policy of ours, as files anyone may read. */
export function markStaticRoutes(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    if (!route.url.startsWith('/api/') && route.config?.route === undefined) {
      route.config = { ...route.config, unguarded: true };
    }
  });
}
