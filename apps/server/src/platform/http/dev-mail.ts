import type { FastifyInstance, FastifyRequest } from 'fastify';
import { notFound } from '../errors/app-error.ts';
import { policyWithInlineStyles } from './security.ts';
import type { Mailer } from '../mail/mailer.ts';
import { isFromThisMachine } from './direct.ts';

/**
 * The development mailbox: what would have been sent while no SMTP server is configured. Never mounted in
 * production, where the links in these mails would be a way into every account, and shown to this machine only:
 * a development server may listen on the network or stand behind a tunnel.
 */
export function registerDevMail(app: FastifyInstance, mailer: Mailer): void {
  const route = {
    config: { unguarded: true },
    onRequest: async (request: FastifyRequest) => {
      if (!isFromThisMachine(request)) throw notFound('The page');
    },
  };
  app.get('/dev/mail.json', route, async (_request, reply) => {
    reply.header('cache-control', 'no-store');
    const mails = await mailer.listDevMail(100);
    return { items: mails.map((mail) => ({ ...mail, createdAt: mail.createdAt.toISOString() })) };
  });
  app.get('/dev/mail', route, async (_request, reply) => {
    const mails = await mailer.listDevMail(100);
    const items = mails.map(
      (mail) =>
        `<article><h2>${escape(mail.subject)}</h2><p>${escape(mail.to)} · ${mail.createdAt.toISOString()}</p><pre>${linked(mail.text)}</pre></article>`,
    );
    const empty =
      '<p>No mail yet. What CloudAtlas sends appears here while no SMTP server is configured.</p>';
    return reply
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-store')
      .header('content-security-policy', policyWithInlineStyles)
      .send(page(items.length === 0 ? empty : items.join('\n')));
  });
}

function page(content: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Development mail</title><style>
:root{color-scheme:light dark}body{font:15px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem}
article{border:1px solid color-mix(in srgb,currentColor 20%,transparent);border-radius:8px;padding:1rem;margin:1rem 0}
h1{font-size:1.2rem}h2{font-size:1rem;margin:0}p{opacity:.75;margin:.25rem 0}pre{white-space:pre-wrap;overflow-wrap:anywhere;font:inherit}
</style></head><body><h1>Development mail</h1>${content}</body></html>`;
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

function linked(text: string): string {
  return escape(text).replaceAll(/https?:\/\/[^\s<]+/g, (url) => `<a href="${url}">${url}</a>`);
}
