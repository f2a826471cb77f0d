import { z } from 'zod';
import { booleanSetting, defineConfig } from '#platform/config/config.ts';

/**
 * `name=url,name@provider=url`: places other than the providers' own clouds that people may connect accounts of. With a
 * provider the address is for that one alone, so that one name may stand for a place with several.
 */
const endpointList = z.string().transform((text, context) => {
  const endpoints = new Map<string, string>();
  for (const part of text.split(',')) {
    const [name = '', url = ''] = part.trim().split(/=(.*)/s);
    if (!/^[a-z0-9-]{1,40}(@[a-z0-9]{2,20})?$/.test(name) || !URL.canParse(url)) {
      context.addIssue({ code: 'custom', message: `must be name=url or name@provider=url, not ${part}` });
      return z.NEVER;
    }
    endpoints.set(name, url.replace(/\/+$/, ''));
  }
  return endpoints;
});

export const accountsSection = defineConfig('accounts', 'ACCOUNTS_', {
  /** Endpoints by name. Only the operator adds one, so no tenant can aim the server at an address of their choice. */
  ENDPOINTS: endpointList.optional(),
  /** Lets workspaces connect with the server's own environment credentials (single-company installations). */
  AMBIENT_CREDENTIALS: booleanSetting.default(false),
  /** Principal that roles of other accounts trust, e.g. the ARN this server runs as. */
  TRUSTED_PRINCIPAL: z.string().max(300).optional(),
});

/** Names of the places where a provider's accounts may be. */
export function endpointNames(endpoints: ReadonlyMap<string, string>, provider: string): string[] {
  return [...endpoints.keys()].flatMap((key) => {
    const [name = '', only] = key.split('@');
    return only === undefined || only === provider ? [name] : [];
  });
}

/** Address of a place for a provider; undefined when the operator allows none of that name. */
export function endpointUrl(
  endpoints: ReadonlyMap<string, string>,
  name: string,
  provider: string,
): string | undefined {
  return endpoints.get(`${name}@${provider}`) ?? endpoints.get(name);
}

export type AccountsConfig = {
  endpoints: ReadonlyMap<string, string>;
  ambient: boolean;
  trustedPrincipal: string | undefined;
};
