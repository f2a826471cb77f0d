/** Addresses that would collide with pages or mislead people. */
const reserved = new Set([
  'api',
  'app',
  'admin',
  'account',
  'assets',
  'atlas',
  'cloudatlas',
  'dev',
  'health',
  'help',
  'internal',
  'invitations',
  'metrics',
  'new',
  'root',
  'security',
  'settings',
  'sign-in',
  'sign-up',
  'static',
  'status',
  'support',
  'system',
  'www',
]);

/** Whether an address may not be taken by anybody. */
export function isReservedSlug(slug: string): boolean {
  return reserved.has(slug);
}

/**
 * An address made of a name: ASCII letters and digits with single hyphens, 3 to 40 characters.
 * Names without any (日本) give `fallback`.
 */
export function slugOf(name: string, fallback: string): string {
  const slug = name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 32)
    .replace(/-+$/, '');
  return slug.length >= 3 && !isReservedSlug(slug) ? slug : fallback;
}

/** The n-th try for a taken address: `name`, `name-2`, `name-3`, … */
export function slugCandidate(base: string, attempt: number): string {
  return attempt === 1 ? base : `${base.slice(0, 36)}-${attempt}`;
}
