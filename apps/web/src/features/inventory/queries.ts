/** Resources, synchronisation runs, orders and creation forms of a workspace. */
import type { z } from 'zod';
import type {
  Creatable,
  CreateBody,
  CostEstimate,
  OperateBody,
  OperateResult,
  Order,
  ResourceChange,
  ResourceDetail,
  ResourceMetrics,
  ResourceRow,
  ResourceSummary,
  SyncRun,
  SyncRunDetail,
} from '@cloudatlas/contracts/inventory';
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { call } from '@/app/api.ts';
import { workspaceKey, workspaceUrl, type WorkspacePlace } from '@/features/accounts/queries.ts';

export type ResourceDetailView = z.infer<typeof ResourceDetail>;
export type ResourceSummaryView = z.infer<typeof ResourceSummary>;
export type ResourceChangeView = z.infer<typeof ResourceChange>;
export type SyncRunDetailView = z.infer<typeof SyncRunDetail>;
export type CreatableView = z.infer<typeof Creatable>;
export type EstimateView = z.infer<typeof CostEstimate>;
export type MetricSeriesView = z.infer<typeof ResourceMetrics>['series'];
export type AvailableOperationView = ResourceDetailView['operations'][number];
export type CreateInput = z.input<typeof CreateBody>;
export type FieldOptionView = { value: string; label: string; detail?: string; disabledReason?: string };

interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}
interface ResourcePageView extends Page<ResourceRow> {
  total: number;
}

const pageSize = 200;

/** Resources that match a query string of the resources page, page by page. */
export const resourcesQuery = (place: WorkspacePlace, search: string) =>
  infiniteQueryOptions({
    queryKey: workspaceKey(place, 'resources', 'list', search),
    queryFn: ({ signal, pageParam }) => {
      const params = new URLSearchParams(search);
      params.set('limit', String(pageSize));
      if (pageParam !== null) params.set('cursor', pageParam);
      return call<ResourcePageView>('GET', `${workspaceUrl(place, 'resources')}?${params.toString()}`, {
        signal,
      });
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
  });

/** Counts over what the filters leave. */
export const summaryQuery = (place: WorkspacePlace, search = '') =>
  queryOptions({
    queryKey: workspaceKey(place, 'resources', 'summary', search),
    queryFn: ({ signal }) =>
      call<ResourceSummaryView>('GET', `${workspaceUrl(place, 'resources', 'summary')}?${search}`, {
        signal,
      }),
    placeholderData: keepPreviousData,
  });

export const resourceQuery = (place: WorkspacePlace, id: string) =>
  queryOptions({
    queryKey: workspaceKey(place, 'resources', 'one', id),
    queryFn: ({ signal }) =>
      call<ResourceDetailView>('GET', workspaceUrl(place, 'resources', id), { signal }),
  });

export const historyQuery = (place: WorkspacePlace, id: string) =>
  infiniteQueryOptions({
    queryKey: workspaceKey(place, 'resources', 'one', id, 'history'),
    queryFn: ({ signal, pageParam }) =>
      call<Page<ResourceChangeView>>('GET', workspaceUrl(place, 'resources', id, 'history'), {
        query: { limit: 30, cursor: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
  });

export interface MetricQuestion {
  metric: string;
  statistic: string;
  /** ISO 8601, inclusive and exclusive. */
  from: string;
  to: string;
  periodSeconds: number;
}
export const metricsQuery = (place: WorkspacePlace, id: string, question: MetricQuestion) =>
  queryOptions({
    queryKey: workspaceKey(place, 'metrics', id, JSON.stringify(question)),
    queryFn: async ({ signal }) =>
      (
        await call<{ series: MetricSeriesView }>('GET', workspaceUrl(place, 'resources', id, 'metrics'), {
          query: { ...question },
          signal,
        })
      ).series,
    staleTime: 60_000,
  });

/** The newest runs; older ones are of interest to nobody. */
export const runsQuery = (place: WorkspacePlace) =>
  queryOptions({
    queryKey: workspaceKey(place, 'runs'),
    queryFn: async ({ signal }) =>
      (await call<Page<SyncRun>>('GET', workspaceUrl(place, 'sync-runs'), { query: { limit: 100 }, signal }))
        .items,
  });

export const runQuery = (place: WorkspacePlace, id: string) =>
  queryOptions({
    queryKey: workspaceKey(place, 'runs', id),
    queryFn: ({ signal }) => call<SyncRunDetailView>('GET', workspaceUrl(place, 'sync-runs', id), { signal }),
  });

export interface OrderFilters {
  status?: string | undefined;
  resourceId?: string | undefined;
}
export const ordersQuery = (place: WorkspacePlace, filters: OrderFilters) =>
  infiniteQueryOptions({
    queryKey: workspaceKey(place, 'orders', 'list', filters.status ?? '', filters.resourceId ?? ''),
    queryFn: ({ signal, pageParam }) =>
      call<Page<Order>>('GET', workspaceUrl(place, 'orders'), {
        query: { ...filters, limit: 50, cursor: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
  });

export const orderQuery = (place: WorkspacePlace, id: string) =>
  queryOptions({
    queryKey: workspaceKey(place, 'orders', id),
    queryFn: ({ signal }) => call<Order>('GET', workspaceUrl(place, 'orders', id), { signal }),
  });

/** Address of the saved views of the resources page. */
export const viewsUrl = (place: WorkspacePlace): string => workspaceUrl(place, 'resource-views');

export const creatablesQuery = (place: WorkspacePlace) =>
  queryOptions({
    queryKey: workspaceKey(place, 'creatables'),
    queryFn: async ({ signal }) =>
      (await call<{ items: CreatableView[] }>('GET', workspaceUrl(place, 'creatables'), { signal })).items,
    staleTime: 300_000,
  });

export const regionsQuery = (place: WorkspacePlace, accountId: string) =>
  queryOptions({
    queryKey: workspaceKey(place, 'accounts', accountId, 'regions'),
    queryFn: async ({ signal }) =>
      (
        await call<{ items: { id: string; label: string }[] }>(
          'GET',
          workspaceUrl(place, 'accounts', accountId, 'regions'),
          { signal },
        )
      ).items,
    enabled: accountId !== '',
    staleTime: 300_000,
  });

interface Creation {
  accountId: string;
  creatable: string;
  region: string;
  input: CreateInput['input'];
}

/** Choices of one picker; `dependsOn` are the values they depend on. */
export const optionsQuery = (place: WorkspacePlace, creation: Creation, field: string, dependsOn: string) =>
  queryOptions({
    queryKey: workspaceKey(
      place,
      'options',
      creation.accountId,
      creation.creatable,
      creation.region,
      field,
      dependsOn,
    ),
    queryFn: async ({ signal }) =>
      (
        await call<{ items: FieldOptionView[] }>('POST', workspaceUrl(place, 'creatables', 'options'), {
          body: { ...creation, field },
          signal,
        })
      ).items,
    staleTime: 60_000,
  });

/** Monthly list price of a form as it is filled in. */
export const estimateQuery = (place: WorkspacePlace, creation: Creation) =>
  queryOptions({
    queryKey: workspaceKey(place, 'estimate', JSON.stringify(creation)),
    queryFn: ({ signal }) =>
      call<EstimateView>('POST', workspaceUrl(place, 'creatables', 'estimate'), { body: creation, signal }),
    placeholderData: keepPreviousData,
    staleTime: 300_000,
    retry: false,
  });

/** Address of the CSV of everything that matches. */
export function resourcesCsvUrl(place: WorkspacePlace, search: string): string {
  return `${workspaceUrl(place, 'resources', 'export.csv')}?${search}`;
}

export const inventoryApi = {
  sync: (place: WorkspacePlace, accountIds?: string[]) =>
    call<Page<SyncRun>>('POST', workspaceUrl(place, 'sync-runs'), {
      body: accountIds === undefined ? {} : { accountIds },
    }),
  operate: (place: WorkspacePlace, body: z.input<typeof OperateBody>) =>
    call<z.infer<typeof OperateResult>>('POST', workspaceUrl(place, 'operations'), { body }),
  create: (place: WorkspacePlace, body: CreateInput) =>
    call<Order>('POST', workspaceUrl(place, 'creations'), { body }),
};
