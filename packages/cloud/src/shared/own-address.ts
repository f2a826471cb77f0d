import { CloudError } from '../errors.ts';
import type { CallSite } from './caller.ts';

/**
 * Addresses that come out of an answer (the next page, the state of an operation) are asked with our token: they must
 * be of the service that gave them, or whoever can write into an answer would be handed the token.
 * @returns the address
 * @throws CloudError `unavailable` for another origin (RFC 6454 §4) and for what is no address
 */
export function ownAddress(address: string, endpoint: string, site: CallSite): string {
  if (URL.parse(address)?.origin === new URL(endpoint).origin) return address;
  throw new CloudError({
    kind: 'unavailable',
    message: 'The provider named an address on another host; it is not followed.',
    providerCode: 'ForeignAddress',
    ...site,
  });
}
