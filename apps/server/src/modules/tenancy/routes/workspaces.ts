import { PageQuery } from '@cloudatlas/contracts/common';
import {
  CreateWorkspaceBody,
  DeleteWorkspaceBody,
  UpdateWorkspaceBody,
  Workspace,
  WorkspaceList,
} from '@cloudatlas/contracts/tenancy';
import { invalidField } from '#platform/errors/app-error.ts';
import { organizationRoute, workspaceRoute, type Route } from '#platform/http/route.ts';
import type { createWorkspaces } from '../services/workspaces.ts';

export function workspaceRoutes(workspaces: ReturnType<typeof createWorkspaces>): Route[] {
  return [
    organizationRoute({
      method: 'GET',
      path: '/workspaces',
      operationId: 'workspaceList',
      summary: 'List workspaces with your role in each',
      access: { permission: 'workspaces:read' },
      query: PageQuery,
      answer: { status: 200, schema: WorkspaceList },
      handler: (context, { query }) => workspaces.list(context, query),
    }),
    organizationRoute({
      method: 'POST',
      path: '/workspaces',
      operationId: 'workspaceCreate',
      summary: 'Create a workspace',
      access: { permission: 'workspaces:write', limit: 'workspaces' },
      body: CreateWorkspaceBody,
      answer: { status: 201, schema: Workspace },
      problems: ['slug_taken', 'limit_reached'],
      handler: (context, { body }) => workspaces.create(context, body),
    }),
    workspaceRoute({
      method: 'GET',
      path: '',
      operationId: 'workspaceGet',
      summary: 'Read a workspace',
      access: { permission: 'workspaces:read' },
      answer: { status: 200, schema: Workspace },
      handler: (context) => workspaces.get(context),
    }),
    workspaceRoute({
      method: 'PATCH',
      path: '',
      operationId: 'workspaceUpdate',
      summary: 'Rename a workspace or change its address',
      access: { permission: 'workspaces:write' },
      body: UpdateWorkspaceBody,
      answer: { status: 200, schema: Workspace },
      problems: ['slug_taken'],
      handler: (context, { body }) => workspaces.update(context, body),
    }),
    workspaceRoute({
      method: 'DELETE',
      path: '',
      operationId: 'workspaceDelete',
      summary: 'Delete a workspace and everything in it',
      access: { permission: 'workspaces:write' },
      body: DeleteWorkspaceBody,
      answer: { status: 204 },
      handler: async (context, { body }) => {
        if (body.confirm !== context.workspace.slug)
          throw invalidField('body.confirm', 'type the address of the workspace', 'mismatch');
        await workspaces.remove(context);
      },
    }),
  ];
}
