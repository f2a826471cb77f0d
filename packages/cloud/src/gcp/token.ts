import { partToken } from '../shared/token.ts';

/** Label that names the order a resource was made by. Its value is a digest: labels take lower case only. */
export const TOKEN_LABEL = 'cloudatlas-order';

/** The mark of an order. */
export const markOf = (clientToken: string): string => partToken(clientToken, 'gcp');
