/** The audit log: pages, known actions, export and verification of the hash chain. */
import type { z } from 'zod';
import type { AuditActions, AuditPage, AuditVerification } from '@cloudatlas/contracts/audit';
import { queryOptions } from '@tanstack/react-query';
import { call, path, withQuery } from '@/app/api.ts';

export type AuditPageView = z.infer<typeof AuditPage>;
export type AuditVerificationView = z.infer<typeof AuditVerification>;

/** Filters as the API takes them. */
export interface AuditFilters {
  action?: string | undefined;
  provider?: string | undefined;
  outcome?: string | undefined;
  actor?: string | undefined;
  workspaceId?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

export const auditQuery = (org: string, filters: AuditFilters, offset: number, limit: number) =>
  queryOptions({
    queryKey: ['org', org, 'audit', filters, offset, limit],
    queryFn: ({ signal }) =>
      call<AuditPageView>('GET', path('orgs', org, 'audit'), {
        query: { ...filters, offset, limit },
        signal,
      }),
    // The former page stays while the next one comes, so the table does not jump.
    placeholderData: (previous) => previous,
  });

export const auditActionsQuery = (org: string) =>
  queryOptions({
    queryKey: ['org', org, 'audit-actions'],
    queryFn: async ({ signal }) =>
      (await call<z.infer<typeof AuditActions>>('GET', path('orgs', org, 'audit', 'actions'), { signal }))
        .items,
    staleTime: 60_000,
  });

/** Address of the CSV of all entries that match. */
export function auditExportUrl(org: string, filters: AuditFilters): string {
  return withQuery(path('orgs', org, 'audit', 'export.csv'), { ...filters });
}

/** Checks the whole hash chain on the server now. */
export function verifyAudit(org: string): Promise<AuditVerificationView> {
  return call('GET', path('orgs', org, 'audit', 'verification'));
}
