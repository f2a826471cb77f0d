import { DiagnosticPage, DiagnosticQuery } from '@cloudatlas/contracts/finops';
import { workspaceRoute, type Route } from '#platform/http/route.ts';
import type { createDiagnostics } from '../recommendations/diagnostics.ts';
import { scopeOf } from '../scope-of.ts';

export function diagnosticRoutes(diagnostics: ReturnType<typeof createDiagnostics>): Route[] {
  return [
    workspaceRoute({
      method: 'GET',
      path: '/finops/diagnostics',
      operationId: 'savingsDiagnosticList',
      summary: 'Tell per rule, account and region what was examined and why the rest was not',
      access: { permission: 'finops:read' },
      query: DiagnosticQuery,
      answer: { status: 200, schema: DiagnosticPage },
      handler: (context, { query }) => diagnostics(scopeOf(context), query),
    }),
  ];
}
