import type { HttpOptions } from './server.ts';

/** Head of the OpenAPI 3.1 document; paths come from the declared routes. */
export function openApiOptions(options: Pick<HttpOptions, 'version'>) {
  return {
    openapi: '3.1.0',
    info: {
      title: 'CloudAtlas API',
      version: options.version,
      description:
        'Errors are RFC 9457 problem documents with a stable `code`. Lists are paged by an opaque `cursor`. ' +
        'Browsers authenticate by the session cookie and send `x-atlas-csrf: 1` with writes; programs send a bearer token ' +
        '(access token or API key). `x-atlas-access` of each operation names the permission it needs.',
    },
    servers: [{ url: '/' }],
    components: {
      securitySchemes: {
        session: { type: 'apiKey' as const, in: 'cookie' as const, name: '__Host-atlas_session' },
        bearer: { type: 'http' as const, scheme: 'bearer' },
      },
    },
  };
}
