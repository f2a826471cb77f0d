/** Tag that names the order a resource was created by; it makes creations without a token of AWS idempotent. */
export const TOKEN_TAG = 'cloudatlas:token';
