import { features } from '@/features.ts';
import { jobs, type NavEntry } from '../feature.ts';
import { paths } from '../paths.ts';
import type { Place } from './use-place.ts';

/** The left navigation: what the features registered, in the order of the jobs. */
export const navEntries: readonly NavEntry[] = features
  .flatMap((feature) => feature.nav ?? [])
  .toSorted((left, right) => jobs.indexOf(left.job) - jobs.indexOf(right.job));

/** Address of an entry from where one is; null while there is no workspace to go to. */
export function navPath(entry: NavEntry, place: Place): string | null {
  if (place.organization === null) return null;
  if (entry.scope === 'organization') return paths.organization(place.organization.slug, entry.path);
  return place.workspace === null
    ? null
    : paths.workspace(place.organization.slug, place.workspace.slug, entry.path);
}

/** Whether a page is the entry's own, lies below it, or belongs to the same job. */
export function isMarked(entry: NavEntry, place: Place, pathname: string): boolean {
  return [entry.path, ...(entry.also ?? [])].some((path) => {
    const at = navPath({ ...entry, path }, place);
    // Everything lies below the start page of a scope.
    return at !== null && (pathname === at || (path !== '' && pathname.startsWith(`${at}/`)));
  });
}
