/** Budgets, alert rules and events, anomalies and allocation. */
import type {
  AlertPreferences,
  AlertRule,
  AlertRuleBody,
  AllocationBody,
  AllocationResult,
  AllocationRules,
  AnomalyDetail,
  Budget,
  BudgetBody,
  BudgetDetail,
  CostAlert,
  CostAnomaly,
  MarkAnomalyBody,
  ReadAlertsBody,
} from '@cloudatlas/contracts/cost-control';
import type { z } from 'zod';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { call, withQuery } from '@/app/api.ts';
import type { WorkspacePlace } from '@/features/accounts/queries.ts';
import { pagesOf } from './import-queries.ts';
import { costsKey, costsUrl } from './queries.ts';

export type BudgetInput = z.input<typeof BudgetBody>;
export type AlertRuleInput = z.input<typeof AlertRuleBody>;
export type AnomalyDetailView = z.infer<typeof AnomalyDetail>;
export type BudgetDetailView = z.infer<typeof BudgetDetail>;
export type AllocationInput = z.input<typeof AllocationBody>;
export type AllocationRulesInput = z.input<typeof AllocationRules>;

export const budgetsQuery = (place: WorkspacePlace) =>
  pagesOf<Budget>(place, ['control', 'budgets'], costsUrl(place, 'budgets'));

export const budgetQuery = (place: WorkspacePlace, id: string) =>
  queryOptions({
    queryKey: costsKey(place, 'control', 'budget', id),
    queryFn: ({ signal }) => call<BudgetDetailView>('GET', costsUrl(place, 'budgets', id), { signal }),
  });

export const alertRulesQuery = (place: WorkspacePlace) =>
  pagesOf<AlertRule>(place, ['control', 'alert-rules'], costsUrl(place, 'alert-rules'));

export const alertsQuery = (place: WorkspacePlace, filters: { kind?: string; unread?: boolean }) =>
  pagesOf<CostAlert>(place, ['alerts', 'list'], costsUrl(place, 'alerts'), {
    kind: filters.kind,
    unread: filters.unread === true ? true : undefined,
  });

export const preferencesQuery = (place: WorkspacePlace) =>
  queryOptions({
    queryKey: costsKey(place, 'alerts', 'preferences'),
    queryFn: ({ signal }) =>
      call<z.infer<typeof AlertPreferences>>('GET', costsUrl(place, 'alerts', 'preferences'), { signal }),
  });

export const anomaliesQuery = (place: WorkspacePlace, status: string | undefined) =>
  pagesOf<CostAnomaly>(place, ['control', 'anomalies'], costsUrl(place, 'anomalies'), { status });

export const anomalyQuery = (place: WorkspacePlace, id: string) =>
  queryOptions({
    queryKey: costsKey(place, 'control', 'anomaly', id),
    queryFn: ({ signal }) => call<AnomalyDetailView>('GET', costsUrl(place, 'anomalies', id), { signal }),
  });

export const allocationRulesQuery = (place: WorkspacePlace) =>
  queryOptions({
    queryKey: costsKey(place, 'control', 'allocation-rules'),
    queryFn: ({ signal }) => call<AllocationRules>('GET', costsUrl(place, 'allocation', 'rules'), { signal }),
  });

export const allocationQuery = (place: WorkspacePlace, body: AllocationInput) =>
  queryOptions({
    queryKey: [...costsKey(place, 'control', 'allocation'), body],
    queryFn: ({ signal }) => call<AllocationResult>('POST', costsUrl(place, 'allocation'), { body, signal }),
    placeholderData: keepPreviousData,
  });

/** Address of the allocation of a period as CSV. */
export const allocationExportUrl = (place: WorkspacePlace, period: AllocationInput['period']): string =>
  withQuery(costsUrl(place, 'allocation', 'export'), { period: JSON.stringify(period) });

/** Writes; callers invalidate `costsKey(place, 'control')` or `costsKey(place, 'alerts')`. */
export const controlApi = {
  createBudget: (place: WorkspacePlace, body: BudgetInput) =>
    call<Budget>('POST', costsUrl(place, 'budgets'), { body }),
  updateBudget: (place: WorkspacePlace, id: string, body: BudgetInput) =>
    call<Budget>('PUT', costsUrl(place, 'budgets', id), { body }),
  removeBudget: (place: WorkspacePlace, id: string) =>
    call<undefined>('DELETE', costsUrl(place, 'budgets', id)),
  createRule: (place: WorkspacePlace, body: AlertRuleInput) =>
    call<AlertRule>('POST', costsUrl(place, 'alert-rules'), { body }),
  updateRule: (place: WorkspacePlace, id: string, body: AlertRuleInput) =>
    call<AlertRule>('PUT', costsUrl(place, 'alert-rules', id), { body }),
  removeRule: (place: WorkspacePlace, id: string) =>
    call<undefined>('DELETE', costsUrl(place, 'alert-rules', id)),
  markRead: (place: WorkspacePlace, body: z.input<typeof ReadAlertsBody>) =>
    call<unknown>('POST', costsUrl(place, 'alerts', 'read'), { body }),
  savePreferences: (place: WorkspacePlace, body: z.input<typeof AlertPreferences>) =>
    call<unknown>('PUT', costsUrl(place, 'alerts', 'preferences'), { body }),
  markAnomaly: (place: WorkspacePlace, id: string, body: z.input<typeof MarkAnomalyBody>) =>
    call<CostAnomaly>('PATCH', costsUrl(place, 'anomalies', id), { body }),
  saveAllocation: (place: WorkspacePlace, body: AllocationRulesInput) =>
    call<AllocationRules>('PUT', costsUrl(place, 'allocation', 'rules'), { body }),
};
