import { PageQuery } from '@cloudatlas/contracts/common';
import { Scan, ScanList } from '@cloudatlas/contracts/finops';
import { z } from 'zod';
import { workspaceRoute, type Route } from '#platform/http/route.ts';
import type { Scans } from '../scan/scans.ts';
import { scopeOf } from '../scope-of.ts';

export function scanRoutes(scans: Scans): Route[] {
  return [
    workspaceRoute({
      method: 'GET',
      path: '/finops/scans',
      operationId: 'scanList',
      summary: 'List scans, newest first',
      access: { permission: 'finops:read' },
      query: PageQuery,
      answer: { status: 200, schema: ScanList },
      handler: (context, { query }) => scans.list(scopeOf(context), query),
    }),
    workspaceRoute({
      method: 'POST',
      path: '/finops/scans',
      operationId: 'scanStart',
      summary: 'Look for savings now; a scan under way is the answer',
      access: { permission: 'finops:recommend' },
      answer: { status: 202, schema: Scan },
      problems: ['conflict'],
      async handler(context) {
        const scope = scopeOf(context);
        return scans.get(scope, await scans.start(scope, 'manual'));
      },
    }),
    workspaceRoute({
      method: 'GET',
      path: '/finops/scans/:scanId',
      operationId: 'scanGet',
      summary: 'Read a scan and how far it is',
      access: { permission: 'finops:read' },
      params: z.object({ scanId: z.string().max(80) }),
      answer: { status: 200, schema: Scan },
      handler: (context, { params }) => scans.get(scopeOf(context), params.scanId),
    }),
  ];
}
