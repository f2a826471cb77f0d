import { CreateSavedViewBody, SavedView, SavedViewList } from '@cloudatlas/contracts/saved-views';
import { z } from 'zod';
import { workspaceRoute, type Route } from '#platform/http/route.ts';
import type { SavedViews } from '#platform/saved-views/saved-views.ts';
import { scopeOf } from '../scope-of.ts';

const read = { permission: 'finops:read' } as const;

/** Saved filters: everybody who sees findings keeps their own. */
export function viewRoutes(views: SavedViews): Route[] {
  return [
    workspaceRoute({
      method: 'GET',
      path: '/finops/views',
      operationId: 'savingsViewList',
      summary: 'List saved filters of the savings page: own ones and shared ones',
      access: read,
      answer: { status: 200, schema: SavedViewList },
      handler: async (context) => ({ items: await views.list(scopeOf(context), context.principal.userId) }),
    }),
    workspaceRoute({
      method: 'POST',
      path: '/finops/views',
      operationId: 'savingsViewCreate',
      summary: 'Save filters of the savings page under a name',
      access: read,
      body: CreateSavedViewBody,
      answer: { status: 201, schema: SavedView },
      problems: ['limit_reached'],
      handler: (context, { body }) => views.create(scopeOf(context), context.principal.userId, body),
    }),
    workspaceRoute({
      method: 'DELETE',
      path: '/finops/views/:viewId',
      operationId: 'savingsViewDelete',
      summary: 'Delete one of your saved filters',
      access: read,
      params: z.object({ viewId: z.string().max(80) }),
      answer: { status: 204 },
      handler: (context, { params }) =>
        views.remove(scopeOf(context), context.principal.userId, params.viewId),
    }),
  ];
}
