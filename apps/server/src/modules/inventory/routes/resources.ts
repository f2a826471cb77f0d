import { PageQuery } from '@cloudatlas/contracts/common';
import {
  ResourceDetail,
  ResourceFilters,
  ResourceHistory,
  ResourceMetrics,
  ResourceMetricsQuery,
  ResourcePage,
  ResourceQuery,
  ResourceSummary,
  ResourceTablePage,
  ResourceTableQuery,
} from '@cloudatlas/contracts/inventory';
import { CreateSavedViewBody, SavedView, SavedViewList } from '@cloudatlas/contracts/saved-views';
import { z } from 'zod';
import type { Database } from '#platform/db/database.ts';
import { workspaceRoute, type Route } from '#platform/http/route.ts';
import type { SavedViews } from '#platform/saved-views/saved-views.ts';
import { scopeOf } from '../scope-of.ts';
import type { createDetail } from '../search/detail.ts';
import type { createSearch } from '../search/search.ts';
import { summarise } from '../search/summary.ts';
import type { createTable } from '../search/table.ts';
import type { InventoryTables } from '../tables.ts';

const params = z.object({ resourceId: z.string().max(80) });
const viewParams = z.object({ viewId: z.string().max(80) });
const read = { permission: 'resources:read' } as const;

export function resourceRoutes(
  db: Database<InventoryTables>,
  search: ReturnType<typeof createSearch>,
  detail: ReturnType<typeof createDetail>,
  views: SavedViews,
  table: ReturnType<typeof createTable>,
): Route[] {
  return [
    workspaceRoute({
      method: 'GET',
      path: '/resources',
      operationId: 'resourceList',
      summary: 'Search resources over all accounts',
      access: read,
      query: ResourceQuery,
      answer: { status: 200, schema: ResourcePage },
      handler: (context, { query }) => search.list(scopeOf(context), query),
    }),
    workspaceRoute({
      method: 'GET',
      path: '/resources/summary',
      operationId: 'resourceSummary',
      summary: 'Count resources by service, region, type, state and account',
      access: read,
      query: ResourceFilters,
      answer: { status: 200, schema: ResourceSummary },
      handler: (context, { query }) => summarise(db, scopeOf(context), query),
    }),
    workspaceRoute({
      method: 'GET',
      path: '/resources/table',
      operationId: 'resourceTable',
      summary: 'List the resources of one type with attributes as columns',
      access: read,
      query: ResourceTableQuery,
      answer: { status: 200, schema: ResourceTablePage },
      handler: (context, { query }) => table(scopeOf(context), query),
    }),
    workspaceRoute({
      method: 'GET',
      path: '/resources/export.csv',
      operationId: 'resourceExport',
      summary: 'Download the found resources as CSV',
      access: read,
      query: ResourceFilters,
      answer: { status: 200, download: 'text/csv; charset=utf-8' },
      handler: async (context, { query }) => ({
        filename: `resources-${context.workspace.slug}.csv`,
        body: search.exportCsv(scopeOf(context), query),
      }),
    }),
    workspaceRoute({
      method: 'GET',
      path: '/resources/:resourceId',
      operationId: 'resourceGet',
      summary: 'Read a resource with attributes, relations and what can be done with it',
      access: read,
      params,
      answer: { status: 200, schema: ResourceDetail },
      handler: (context, input) =>
        detail.get(scopeOf(context), context.organization.permissions, input.params.resourceId),
    }),
    workspaceRoute({
      method: 'GET',
      path: '/resources/:resourceId/history',
      operationId: 'resourceHistory',
      summary: 'List what changed when, newest first',
      access: read,
      params,
      query: PageQuery,
      answer: { status: 200, schema: ResourceHistory },
      handler: (context, input) => detail.history(scopeOf(context), input.params.resourceId, input.query),
    }),
    workspaceRoute({
      method: 'GET',
      path: '/resources/:resourceId/metrics',
      operationId: 'resourceMetrics',
      summary: 'Read a metric of a resource from the provider',
      access: read,
      params,
      query: ResourceMetricsQuery,
      answer: { status: 200, schema: ResourceMetrics },
      problems: ['provider_denied', 'provider_error'],
      handler: (context, input) =>
        detail.metrics(scopeOf(context), input.params.resourceId, input.query, context.signal),
    }),
    workspaceRoute({
      method: 'GET',
      path: '/resource-views',
      operationId: 'resourceViewList',
      summary: 'List your and the shared saved views',
      access: read,
      answer: { status: 200, schema: SavedViewList },
      handler: async (context) => ({ items: await views.list(scopeOf(context), context.principal.userId) }),
    }),
    workspaceRoute({
      method: 'POST',
      path: '/resource-views',
      operationId: 'resourceViewCreate',
      summary: 'Save a view of the resources page',
      access: read,
      body: CreateSavedViewBody,
      answer: { status: 201, schema: SavedView },
      handler: (context, { body }) => views.create(scopeOf(context), context.principal.userId, body),
    }),
    workspaceRoute({
      method: 'DELETE',
      path: '/resource-views/:viewId',
      operationId: 'resourceViewDelete',
      summary: 'Delete one of your saved views',
      access: read,
      params: viewParams,
      answer: { status: 204 },
      handler: (context, input) =>
        views.remove(scopeOf(context), context.principal.userId, input.params.viewId),
    }),
  ];
}
