import { CostSource, CostSourceList, PutCostSourceBody } from '@cloudatlas/contracts/cost-imports';
import { z } from 'zod';
import { actorOf } from '#modules/audit/index.ts';
import { workspaceRoute, type Route } from '#platform/http/route.ts';
import { scopeOf } from '../scope-of.ts';
import type { Sources } from '../sources/sources.ts';

const params = z.object({ accountId: z.string().max(80) });

export function sourceRoutes(sources: Sources): Route[] {
  return [
    workspaceRoute({
      method: 'GET',
      path: '/costs/sources',
      operationId: 'costSourceList',
      summary: 'List what connected accounts deliver, and how it goes',
      access: { permission: 'costs:read' },
      answer: { status: 200, schema: CostSourceList },
      handler: async (context) => ({ items: await sources.list(scopeOf(context)) }),
    }),
    workspaceRoute({
      method: 'PUT',
      path: '/costs/sources/:accountId',
      operationId: 'costSourcePut',
      summary: 'Choose how the costs of an account are fetched, and fetch them',
      access: { permission: 'costs:write' },
      params,
      body: PutCostSourceBody,
      answer: { status: 200, schema: CostSource },
      handler: (context, input) =>
        sources.put(scopeOf(context), actorOf(context), input.params.accountId, input.body),
    }),
    workspaceRoute({
      method: 'POST',
      path: '/costs/sources/:accountId/refresh',
      operationId: 'costSourceRefresh',
      summary: 'Fetch the costs of an account now',
      access: { permission: 'costs:write' },
      params,
      answer: { status: 202, schema: CostSource },
      problems: ['conflict'],
      handler: (context, input) =>
        sources.refresh(scopeOf(context), actorOf(context), input.params.accountId),
    }),
  ];
}
