import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiError, isApiError } from './api.ts';

/** Key of the signed-in user; null there means signed out (see session.ts). */
export const meKey = ['me'] as const;

/** Whether trying again can help: not for answers that say what is wrong. */
function shouldRetry(failures: number, error: unknown): boolean {
  if (error instanceof ApiError && error.problem.status < 500) return false;
  return failures < 2;
}

/** A session that ended elsewhere shows up as 401 anywhere; the guard then leads to sign-in. */
function noticeSignOut(error: unknown): void {
  if (isApiError(error, 'unauthenticated')) queryClient.setQueryData(meKey, null);
}

export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: noticeSignOut }),
  mutationCache: new MutationCache({ onError: noticeSignOut }),
  defaultOptions: {
    queries: { retry: shouldRetry, staleTime: 15_000, refetchOnWindowFocus: true },
    mutations: { retry: false },
  },
});
