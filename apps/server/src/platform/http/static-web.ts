import { existsSync, readdirSync } from 'node:fs';
import { sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import staticFiles from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/**
 * Serves the built web app: hashed assets for ever, the page itself never cached, and the page for every
 * address that a browser navigates to and nothing else answers. Only files that exist at start are served.
 */
export async function registerWebApp(app: FastifyInstance, folder: URL): Promise<void> {
  const root = fileURLToPath(folder);
  if (!existsSync(new URL('index.html', folder))) return;
  const files = new Set(
    readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) =>
        `${entry.parentPath.slice(root.length)}/${entry.name}`.replaceAll(sep, '/').replace(/^\/+/, ''),
      ),
  );
  await app.register(staticFiles, { root, serve: false, cacheControl: false, preCompressed: true });
  app.get('/*', { config: { unguarded: true } }, async (request, reply) => {
    const path = (request.url.split('?')[0] ?? '/').slice(1);
    if (files.has(path) && path !== 'index.html') {
      const hashed = path.startsWith('assets/');
      return reply
        .header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache')
        .sendFile(path);
    }
    const isPage = !path.startsWith('api/') && !/\.[a-z0-9]{2,5}$/i.test(path);
    if (!isPage) return reply.callNotFound();
    return reply.header('cache-control', 'no-cache').sendFile('index.html');
  });
}
