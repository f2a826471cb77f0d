/** Who is signed in. */
import type { PublicConfig, User } from '@cloudatlas/contracts/identity';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { call, isApiError, path } from './api.ts';
import { paths } from './paths.ts';
import { meKey } from './query-client.ts';

/** GET /api/v1/me; null when signed out. */
export const meQuery = queryOptions({
  queryKey: meKey,
  queryFn: async ({ signal }): Promise<User | null> => {
    try {
      return await call<User>('GET', path('me'), { signal });
    } catch (error) {
      if (isApiError(error, 'unauthenticated')) return null;
      throw error;
    }
  },
  staleTime: 60_000,
});

/** GET /api/v1/config. */
export const configQuery = queryOptions({
  queryKey: ['config'],
  queryFn: ({ signal }) => call<PublicConfig>('GET', path('config'), { signal }),
  staleTime: Infinity,
});

/** The signed-in user, inside pages below RequireSession. */
export function useMe(): User {
  const { data } = useQuery(meQuery);
  if (data === null || data === undefined) throw new Error('useMe outside RequireSession');
  return data;
}

/** The signed-in user or null; undefined while that is not known. */
export function useMaybeMe(): User | null | undefined {
  return useQuery(meQuery).data;
}

/** Ends this session and leaves by loading the sign-in page, so nothing fetched with it stays in memory. */
export async function signOut(): Promise<void> {
  await call('POST', path('auth', 'sign-out'));
  window.location.assign(paths.signIn);
}
