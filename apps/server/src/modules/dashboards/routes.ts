import { DashboardLayout, DashboardLayoutBody } from '@cloudatlas/contracts/dashboards';
import { workspaceRoute, type Route } from '#platform/http/route.ts';
import type { DashboardsService } from './service.ts';

/** Everybody who may enter a workspace may arrange their own home page. */
const access = { permission: 'organization:read' } as const;
const answer = { status: 200, schema: DashboardLayout } as const;

export function dashboardRoutes(service: DashboardsService): Route[] {
  return [
    workspaceRoute({
      method: 'GET',
      path: '/dashboard/layout',
      operationId: 'dashboardLayoutGet',
      summary: 'How you arranged the home page of the workspace',
      access,
      answer,
      handler: (context) => service.layout(context),
    }),
    workspaceRoute({
      method: 'PUT',
      path: '/dashboard/layout',
      operationId: 'dashboardLayoutSave',
      summary: 'Arrange the home page of the workspace for yourself',
      access,
      body: DashboardLayoutBody,
      answer,
      handler: (context, { body }) => service.saveLayout(context, body),
    }),
    workspaceRoute({
      method: 'DELETE',
      path: '/dashboard/layout',
      operationId: 'dashboardLayoutReset',
      summary: 'Put the home page of the workspace back as it comes',
      access,
      answer,
      handler: (context) => service.resetLayout(context),
    }),
  ];
}
