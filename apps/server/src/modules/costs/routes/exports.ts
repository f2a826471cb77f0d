import { CostQuestion, ExportQuery, FocusExportQuery, PdfExportQuery } from '@cloudatlas/contracts/costs';
import type { Clock } from '#platform/clock/clock.ts';
import { workspaceRoute, type Route } from '#platform/http/route.ts';
import { fromQuery } from '../control/allocation.ts';
import type { Exports } from '../exports/exports.ts';
import { scopeOf } from '../scope-of.ts';

/** Downloads are GET with the question in the address, so that a link is enough. */
export function exportRoutes(exports: Exports, clock: Clock): Route[] {
  const access = { permission: 'costs:read' } as const;
  return [
    workspaceRoute({
      method: 'GET',
      path: '/costs/exports/csv',
      operationId: 'costExportCsv',
      summary: 'Download an answer as a table',
      access,
      query: ExportQuery,
      answer: { status: 200, download: 'text/csv' },
      handler: (context, { query }) =>
        exports.csv(scopeOf(context), fromQuery(CostQuestion, query.q), context.signal),
    }),
    workspaceRoute({
      method: 'GET',
      path: '/costs/exports/focus',
      operationId: 'costExportFocus',
      summary: 'Download the matching line items in FOCUS columns',
      access,
      query: FocusExportQuery,
      answer: { status: 200, download: 'application/octet-stream' },
      handler: (context, { query }) =>
        exports.focus(scopeOf(context), fromQuery(CostQuestion, query.q), query.format, context.signal),
    }),
    workspaceRoute({
      method: 'GET',
      path: '/costs/exports/pdf',
      operationId: 'costExportPdf',
      summary: 'Download an answer as a document',
      access,
      query: PdfExportQuery,
      answer: { status: 200, download: 'application/pdf' },
      handler: (context, { query }) =>
        exports.pdf(
          scopeOf(context),
          fromQuery(CostQuestion, query.q),
          {
            organization: context.organization.name,
            workspace: context.workspace.name,
            locale: query.locale,
            at: clock.now(),
          },
          context.signal,
        ),
    }),
  ];
}
