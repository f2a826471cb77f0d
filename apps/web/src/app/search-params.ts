/** Filters live in the URL, so a link shows a colleague the same view. */
import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';

type Patch = Record<string, string | null | undefined>;

/**
 * Reads the named search parameters and returns a setter that merges a patch; empty values are removed.
 * @param names parameters the page knows; others are left alone
 */
export function useFilters<Name extends string>(
  names: readonly Name[],
): [Partial<Record<Name, string>>, (patch: Patch) => void] {
  const [search, setSearch] = useSearchParams();
  const key = names.join(',');
  const values = useMemo(() => {
    const found: Partial<Record<string, string>> = {};
    for (const name of key.split(',')) {
      const value = search.get(name);
      if (value !== null && value !== '') found[name] = value;
    }
    return found;
  }, [search, key]);
  const patch = useCallback(
    (changes: Patch): void => {
      setSearch(
        (previous) => {
          const next = new URLSearchParams(previous);
          for (const [name, value] of Object.entries(changes)) {
            if (value === null || value === undefined || value === '') next.delete(name);
            else next.set(name, value);
          }
          return next;
        },
        { replace: true, preventScrollReset: true },
      );
    },
    [setSearch],
  );
  return [values, patch];
}
