import createClient, { type Client } from 'openapi-fetch';
import type { paths } from './schema.d.ts';

export type AtlasClient = Client<paths>;

/**
 * A typed client of the CloudAtlas API.
 * @param options.baseUrl origin of the installation, e.g. `https://atlas.example.com`
 * @param options.token access token or API key; absent in the browser, where the session cookie is sent
 */
export function createAtlasClient(options: {
  baseUrl: string;
  token?: string;
  fetch?: typeof globalThis.fetch;
}): AtlasClient {
  return createClient<paths>({
    baseUrl: options.baseUrl,
    ...(options.fetch === undefined ? {} : { fetch: options.fetch }),
    headers: {
      // Cross-site pages cannot send this header; the server wants it with every write.
      'x-atlas-csrf': '1',
      ...(options.token === undefined ? {} : { authorization: `Bearer ${options.token}` }),
    },
  });
}
