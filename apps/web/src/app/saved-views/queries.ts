/** Saved views of a page: one mechanism, an address per page. */
import type { CreateSavedViewBody, SavedView } from '@cloudatlas/contracts/saved-views';
import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import { call } from '../api.ts';

/** @param url address of the page's views, below its workspace */
export const savedViewsQuery = (url: string) =>
  queryOptions({
    queryKey: ['saved-views', url],
    queryFn: async ({ signal }) => (await call<{ items: SavedView[] }>('GET', url, { signal })).items,
  });

/** Writes; callers invalidate what they changed. */
export const savedViewsApi = {
  save: (url: string, body: z.input<typeof CreateSavedViewBody>) => call<SavedView>('POST', url, { body }),
  remove: (url: string, id: string) => call<undefined>('DELETE', `${url}/${encodeURIComponent(id)}`),
};
