import {
  AlertList,
  AlertPreferences,
  AlertQuery,
  AlertRule,
  AlertRuleBody,
  AlertRuleList,
  AllocationBody,
  AllocationResult,
  AllocationRules,
  AnomalyDetail,
  AnomalyList,
  AnomalyQuery,
  Budget,
  BudgetBody,
  BudgetDetail,
  BudgetList,
  CostAnomaly,
  MarkAnomalyBody,
  ReadAlertsBody,
  UnreadAlerts,
} from '@cloudatlas/contracts/cost-control';
import { PageQuery } from '@cloudatlas/contracts/common';
import { ExportQuery } from '@cloudatlas/contracts/costs';
import { z } from 'zod';
import { actorOf } from '#modules/audit/index.ts';
import { workspaceRoute, type Route } from '#platform/http/route.ts';
import type { Alerts } from '../control/alerts.ts';
import { fromQuery, type Allocation } from '../control/allocation.ts';
import type { Anomalies } from '../control/anomalies.ts';
import type { Budgets } from '../control/budgets.ts';
import type { Rules } from '../control/rules.ts';
import { scopeOf } from '../scope-of.ts';

export function budgetRoutes(budgets: Budgets): Route[] {
  const params = z.object({ budgetId: z.string().max(80) });
  return [
    workspaceRoute({
      method: 'GET',
      path: '/costs/budgets',
      operationId: 'budgetList',
      summary: 'List budgets with how they stand',
      access: { permission: 'budgets:read' },
      query: PageQuery,
      answer: { status: 200, schema: BudgetList },
      handler: (context, { query }) => budgets.list(scopeOf(context), query),
    }),
    workspaceRoute({
      method: 'POST',
      path: '/costs/budgets',
      operationId: 'budgetCreate',
      summary: 'Create a budget',
      access: { permission: 'budgets:write', feature: 'budgets', limit: 'budgets' },
      body: BudgetBody,
      answer: { status: 201, schema: Budget },
      problems: ['already_exists', 'limit_reached', 'plan_required'],
      handler: (context, { body }) => budgets.create(scopeOf(context), actorOf(context), body),
    }),
    workspaceRoute({
      method: 'GET',
      path: '/costs/budgets/:budgetId',
      operationId: 'budgetGet',
      summary: 'Read a budget with what earlier periods came to',
      access: { permission: 'budgets:read' },
      params,
      answer: { status: 200, schema: BudgetDetail },
      handler: (context, input) => budgets.get(scopeOf(context), input.params.budgetId),
    }),
    workspaceRoute({
      method: 'PUT',
      path: '/costs/budgets/:budgetId',
      operationId: 'budgetUpdate',
      summary: 'Change a budget',
      access: { permission: 'budgets:write', feature: 'budgets' },
      params,
      body: BudgetBody,
      answer: { status: 200, schema: Budget },
      problems: ['already_exists', 'plan_required'],
      handler: (context, input) =>
        budgets.update(scopeOf(context), actorOf(context), input.params.budgetId, input.body),
    }),
    workspaceRoute({
      method: 'DELETE',
      path: '/costs/budgets/:budgetId',
      operationId: 'budgetRemove',
      summary: 'Remove a budget',
      access: { permission: 'budgets:write' },
      params,
      answer: { status: 204 },
      handler: (context, input) => budgets.remove(scopeOf(context), actorOf(context), input.params.budgetId),
    }),
  ];
}

export function alertRoutes(rules: Rules, alerts: Alerts): Route[] {
  const params = z.object({ ruleId: z.string().max(80) });
  return [
    workspaceRoute({
      method: 'GET',
      path: '/costs/alert-rules',
      operationId: 'costAlertRuleList',
      summary: 'List cost alert rules',
      access: { permission: 'alerts:read' },
      query: PageQuery,
      answer: { status: 200, schema: AlertRuleList },
      handler: (context, { query }) => rules.list(scopeOf(context), query),
    }),
    workspaceRoute({
      method: 'POST',
      path: '/costs/alert-rules',
      operationId: 'costAlertRuleCreate',
      summary: 'Create a cost alert rule',
      access: { permission: 'alerts:write' },
      body: AlertRuleBody,
      answer: { status: 201, schema: AlertRule },
      problems: ['limit_reached'],
      handler: (context, { body }) => rules.create(scopeOf(context), actorOf(context), body),
    }),
    workspaceRoute({
      method: 'PUT',
      path: '/costs/alert-rules/:ruleId',
      operationId: 'costAlertRuleUpdate',
      summary: 'Change a cost alert rule',
      access: { permission: 'alerts:write' },
      params,
      body: AlertRuleBody,
      answer: { status: 200, schema: AlertRule },
      handler: (context, input) =>
        rules.update(scopeOf(context), actorOf(context), input.params.ruleId, input.body),
    }),
    workspaceRoute({
      method: 'DELETE',
      path: '/costs/alert-rules/:ruleId',
      operationId: 'costAlertRuleRemove',
      summary: 'Remove a cost alert rule',
      access: { permission: 'alerts:write' },
      params,
      answer: { status: 204 },
      handler: (context, input) => rules.remove(scopeOf(context), actorOf(context), input.params.ruleId),
    }),
    workspaceRoute({
      method: 'GET',
      path: '/costs/alerts',
      operationId: 'costAlertList',
      summary: 'List what fired, newest first',
      access: { permission: 'alerts:read' },
      query: AlertQuery,
      answer: { status: 200, schema: AlertList },
      handler: (context, { query }) => alerts.list(scopeOf(context), context.principal.userId, query),
    }),
    workspaceRoute({
      method: 'GET',
      path: '/costs/alerts/unread',
      operationId: 'costAlertUnread',
      summary: 'Count unread alerts and show the last five',
      access: { permission: 'alerts:read' },
      answer: { status: 200, schema: UnreadAlerts },
      handler: (context) => alerts.unread(scopeOf(context), context.principal.userId),
    }),
    workspaceRoute({
      method: 'POST',
      path: '/costs/alerts/read',
      operationId: 'costAlertMarkRead',
      summary: 'Mark alerts as read for oneself',
      access: { permission: 'alerts:read' },
      body: ReadAlertsBody,
      rateLimit: 'none',
      answer: { status: 200, schema: UnreadAlerts },
      handler: (context, { body }) => alerts.markRead(scopeOf(context), context.principal.userId, body),
    }),
    workspaceRoute({
      method: 'GET',
      path: '/costs/alerts/preferences',
      operationId: 'costAlertPreferencesGet',
      summary: "Read whether one gets mails of this workspace's alerts",
      access: { permission: 'alerts:read' },
      answer: { status: 200, schema: AlertPreferences },
      handler: (context) =>
        alerts.preferences(scopeOf(context), context.principal.userId, context.organization.role),
    }),
    workspaceRoute({
      method: 'PUT',
      path: '/costs/alerts/preferences',
      operationId: 'costAlertPreferencesPut',
      summary: "Choose whether one gets mails of this workspace's alerts",
      access: { permission: 'alerts:read' },
      body: AlertPreferences,
      answer: { status: 200, schema: AlertPreferences },
      handler: (context, { body }) => alerts.putPreferences(scopeOf(context), context.principal.userId, body),
    }),
  ];
}

export function anomalyRoutes(anomalies: Anomalies): Route[] {
  const params = z.object({ anomalyId: z.string().max(80) });
  return [
    workspaceRoute({
      method: 'GET',
      path: '/costs/anomalies',
      operationId: 'costAnomalyList',
      summary: 'List days that do not fit, newest first',
      access: { permission: 'costs:read', feature: 'anomalies' },
      query: AnomalyQuery,
      answer: { status: 200, schema: AnomalyList },
      problems: ['plan_required'],
      handler: (context, { query }) => anomalies.list(scopeOf(context), query),
    }),
    workspaceRoute({
      method: 'GET',
      path: '/costs/anomalies/:anomalyId',
      operationId: 'costAnomalyGet',
      summary: 'Read an anomaly with the days around it and what explains it',
      access: { permission: 'costs:read', feature: 'anomalies' },
      params,
      answer: { status: 200, schema: AnomalyDetail },
      problems: ['plan_required'],
      handler: (context, input) => anomalies.get(scopeOf(context), input.params.anomalyId, context.signal),
    }),
    workspaceRoute({
      method: 'PATCH',
      path: '/costs/anomalies/:anomalyId',
      operationId: 'costAnomalyMark',
      summary: 'Mark an anomaly as expected, or as open again',
      access: { permission: 'costs:write', feature: 'anomalies' },
      params,
      body: MarkAnomalyBody,
      answer: { status: 200, schema: CostAnomaly },
      problems: ['plan_required'],
      handler: (context, input) =>
        anomalies.mark(scopeOf(context), actorOf(context), input.params.anomalyId, input.body),
    }),
  ];
}

export function allocationRoutes(allocation: Allocation): Route[] {
  return [
    workspaceRoute({
      method: 'GET',
      path: '/costs/allocation/rules',
      operationId: 'costAllocationRulesGet',
      summary: 'Read the rules of the showback',
      access: { permission: 'costs:read' },
      answer: { status: 200, schema: AllocationRules },
      handler: (context) => allocation.rulesOf(scopeOf(context)),
    }),
    workspaceRoute({
      method: 'PUT',
      path: '/costs/allocation/rules',
      operationId: 'costAllocationRulesPut',
      summary: 'Set the rules of the showback',
      access: { permission: 'costs:write', feature: 'chargeback' },
      body: AllocationRules,
      answer: { status: 200, schema: AllocationRules },
      problems: ['plan_required'],
      handler: (context, { body }) => allocation.put(scopeOf(context), actorOf(context), body),
    }),
    workspaceRoute({
      method: 'POST',
      path: '/costs/allocation',
      operationId: 'costAllocate',
      summary: 'Show who caused which cost',
      access: { permission: 'costs:read', feature: 'chargeback' },
      body: AllocationBody,
      rateLimit: 'none',
      answer: { status: 200, schema: AllocationResult },
      problems: ['plan_required'],
      handler: (context, { body }) => allocation.result(scopeOf(context), body, context.signal),
    }),
    workspaceRoute({
      method: 'GET',
      path: '/costs/allocation/export',
      operationId: 'costAllocationExport',
      summary: 'Download who caused which cost, as CSV',
      access: { permission: 'costs:read', feature: 'chargeback' },
      query: ExportQuery,
      answer: { status: 200, download: 'text/csv' },
      problems: ['plan_required'],
      handler: (context, { query }) =>
        allocation.exportCsv(scopeOf(context), fromQuery(AllocationBody, query.q), context.signal),
    }),
  ];
}
