/** Imports, what connected accounts deliver, reconciliation and conformance. */
import type {
  ConformanceReport,
  CostImport,
  CostImportDetail,
  CostSource,
  CreateImportBody,
  PutCostSourceBody,
  ReconciliationPage,
} from '@cloudatlas/contracts/cost-imports';
import type { z } from 'zod';
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { call, withQuery } from '@/app/api.ts';
import type { WorkspacePlace } from '@/features/accounts/queries.ts';
import { costsKey, costsUrl } from './queries.ts';

export type ReconciliationView = z.infer<typeof ReconciliationPage>;
export type ReconciliationRow = ReconciliationView['items'][number];
export type Conformance = z.infer<typeof ConformanceReport>;
export type ImportReport = NonNullable<CostImportDetail['report']>;

interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}

/** Pages of a list by cursor. */
export const pagesOf = <Item>(
  place: WorkspacePlace,
  key: readonly string[],
  url: string,
  query: Record<string, string | boolean | undefined> = {},
) =>
  infiniteQueryOptions({
    queryKey: [...costsKey(place, ...key), query],
    queryFn: ({ signal, pageParam }) =>
      call<Page<Item>>('GET', url, { query: { ...query, cursor: pageParam, limit: 50 }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  });

const working = new Set<CostImport['status']>(['receiving', 'queued', 'running']);
/** Whether an import still moves. */
export const isWorking = (entry: CostImport): boolean => working.has(entry.status);
/** For when the event stream does not get through. */
const pollMs = 3000;

export const importsQuery = (place: WorkspacePlace) =>
  infiniteQueryOptions({
    ...pagesOf<CostImport>(place, ['imports', 'list'], costsUrl(place, 'imports')),
    refetchInterval: ({ state }) =>
      state.data?.pages.some((page) => page.items.some(isWorking)) === true ? pollMs : false,
  });

export const importQuery = (place: WorkspacePlace, id: string) =>
  queryOptions({
    queryKey: costsKey(place, 'imports', 'one', id),
    queryFn: ({ signal }) => call<CostImportDetail>('GET', costsUrl(place, 'imports', id), { signal }),
    refetchInterval: ({ state }) => (state.data !== undefined && isWorking(state.data) ? pollMs : false),
  });

export const rejectsUrl = (place: WorkspacePlace, id: string): string =>
  costsUrl(place, 'imports', id, 'rejects');

export const reconciliationQuery = (place: WorkspacePlace) =>
  pagesOf<ReconciliationRow>(place, ['proof', 'reconciliation'], costsUrl(place, 'reconciliation'));

export const conformanceQuery = (place: WorkspacePlace, month: string | undefined) =>
  queryOptions({
    queryKey: costsKey(place, 'proof', 'conformance', month ?? ''),
    queryFn: ({ signal }) =>
      call<Conformance>('GET', costsUrl(place, 'conformance'), { query: { month }, signal }),
    placeholderData: keepPreviousData,
  });

export const sourcesQuery = (place: WorkspacePlace) =>
  queryOptions({
    queryKey: costsKey(place, 'sources'),
    queryFn: async ({ signal }) =>
      (await call<{ items: CostSource[] }>('GET', costsUrl(place, 'sources'), { signal })).items,
    refetchInterval: ({ state }) =>
      state.data?.some(({ status }) => status === 'running' || status === 'queued') === true ? pollMs : false,
  });

export const importsApi = {
  create: (place: WorkspacePlace, body: z.input<typeof CreateImportBody>) =>
    call<CostImport>('POST', costsUrl(place, 'imports'), { body }),
  /** Sends a piece of a file; `offset` is what was received before. */
  upload: (
    place: WorkspacePlace,
    id: string,
    name: string,
    offset: number,
    data: Blob,
    signal: AbortSignal,
  ) =>
    call<CostImport>('PUT', withQuery(costsUrl(place, 'imports', id, 'files', name), { offset }), {
      raw: { data, type: 'application/octet-stream' },
      signal,
    }),
  get: (place: WorkspacePlace, id: string) => call<CostImportDetail>('GET', costsUrl(place, 'imports', id)),
  start: (place: WorkspacePlace, id: string) =>
    call<CostImport>('POST', costsUrl(place, 'imports', id, 'start')),
  remove: (place: WorkspacePlace, id: string) => call<undefined>('DELETE', costsUrl(place, 'imports', id)),
  verify: (place: WorkspacePlace) => call<unknown>('POST', costsUrl(place, 'reconciliation', 'verify')),
  putSource: (place: WorkspacePlace, accountId: string, body: z.input<typeof PutCostSourceBody>) =>
    call<CostSource>('PUT', costsUrl(place, 'sources', accountId), { body }),
  refreshSource: (place: WorkspacePlace, accountId: string) =>
    call<unknown>('POST', costsUrl(place, 'sources', accountId, 'refresh')),
};
