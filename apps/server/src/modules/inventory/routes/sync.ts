import {
  RegionList,
  StartSyncBody,
  SyncRunDetail,
  SyncRunList,
  SyncRunQuery,
} from '@cloudatlas/contracts/inventory';
import { CloudError } from '@cloudatlas/cloud/errors';
import { z } from 'zod';
import { providerRefusal, type AccountsService } from '#modules/accounts/index.ts';
import { AppError, notFound } from '#platform/errors/app-error.ts';
import type { Events } from '#platform/events/events.ts';
import { workspaceRoute, type LiveEvent, type Route } from '#platform/http/route.ts';
import { scopeOf } from '../scope-of.ts';
import { liveFeed } from '../live.ts';
import type { createReports } from '../sync/reports.ts';
import type { createRuns } from '../sync/runs.ts';

export function syncRoutes(
  runs: ReturnType<typeof createRuns>,
  reports: ReturnType<typeof createReports>,
  accounts: AccountsService,
  events: Events,
): Route[] {
  return [
    workspaceRoute({
      method: 'GET',
      path: '/sync-runs',
      operationId: 'syncRunList',
      summary: 'List synchronisation runs, newest first',
      access: { permission: 'resources:read' },
      query: SyncRunQuery,
      answer: { status: 200, schema: SyncRunList },
      handler: (context, { query }) => reports.list(scopeOf(context), query),
    }),
    workspaceRoute({
      method: 'GET',
      path: '/sync-runs/:runId',
      operationId: 'syncRunGet',
      summary: 'Read a run with its services and regions',
      access: { permission: 'resources:read' },
      params: z.object({ runId: z.string().max(80) }),
      answer: { status: 200, schema: SyncRunDetail },
      handler: (context, { params }) => reports.get(scopeOf(context), params.runId),
    }),
    workspaceRoute({
      method: 'POST',
      path: '/sync-runs',
      operationId: 'syncRunStart',
      summary: 'Synchronise accounts now; a run under way is the answer for its account',
      access: { permission: 'resources:operate' },
      body: StartSyncBody,
      answer: { status: 202, schema: SyncRunList },
      async handler(context, { body }) {
        const scope = scopeOf(context);
        const all = await accounts.listFacts(scope, scope.workspaceId);
        const wanted =
          body.accountIds === undefined
            ? all.filter((account) => account.enabled && account.features.includes('inventory'))
            : all.filter((account) => body.accountIds?.includes(account.id));
        if (body.accountIds !== undefined && wanted.length < new Set(body.accountIds).size)
          throw notFound('An account');
        const off = wanted.find((account) => !account.enabled || !account.features.includes('inventory'));
        // Before the first one is started: all or none.
        if (off !== undefined)
          throw new AppError('conflict', `${off.name} is disabled, or inventory is switched off for it.`);
        if (wanted.length === 0) throw new AppError('conflict', 'There is no account to synchronise.');
        const ids = new Set<string>();
        for (const account of wanted) ids.add(await runs.start(account, 'manual'));
        const { items } = await reports.list(scope, { limit: 200 });
        return { items: items.filter((run) => ids.has(run.id)), nextCursor: null };
      },
    }),
    workspaceRoute({
      method: 'GET',
      path: '/accounts/:accountId/regions',
      operationId: 'accountRegionList',
      summary: 'List the regions an account may use',
      access: { permission: 'accounts:read' },
      params: z.object({ accountId: z.string().max(80) }),
      answer: { status: 200, schema: RegionList },
      problems: ['provider_denied', 'provider_error'],
      async handler(context, { params }) {
        const scope = scopeOf(context);
        const account = await accounts.factsOf(scope, params.accountId);
        if (account.workspaceId !== scope.workspaceId) throw notFound('The account');
        try {
          const regions = await accounts.withConnection(scope, account.id, (connection) =>
            connection.regions(context.signal),
          );
          return { items: regions.map(({ id, label }) => ({ id, label })) };
        } catch (error) {
          if (error instanceof CloudError) throw providerRefusal(error);
          throw error;
        }
      },
    }),
    workspaceRoute({
      method: 'GET',
      path: '/inventory/live',
      operationId: 'inventoryLive',
      summary: 'Stream what moves: runs and orders of this workspace, as server-sent events',
      access: { permission: 'resources:read' },
      answer: { status: 200, live: true },
      handler: async (context): Promise<AsyncIterable<LiveEvent>> =>
        liveFeed(events, scopeOf(context), context.signal),
    }),
  ];
}
