import { Locale } from '@cloudatlas/contracts/common';
import {
  AssignBody,
  DismissBody,
  RecommendationDetail,
  RecommendationPage,
  RecommendationQuery,
  SavingsSummary,
} from '@cloudatlas/contracts/finops';
import { z } from 'zod';
import { actorOf } from '#modules/audit/index.ts';
import type { Events } from '#platform/events/events.ts';
import { workspaceRoute, type LiveEvent, type Route } from '#platform/http/route.ts';
import type { Exports } from '../exports/exports.ts';
import { liveFeed } from '../live.ts';
import type { Decisions } from '../recommendations/decide.ts';
import type { Recommendations } from '../recommendations/list.ts';
import type { createSummary } from '../recommendations/summary.ts';
import { viewerOf } from '../recommendations/viewer.ts';
import { scopeOf } from '../scope-of.ts';

const params = z.object({ recommendationId: z.string().max(80) });
const read = { permission: 'finops:read' } as const;
const recommend = { permission: 'finops:recommend' } as const;
const Filters = RecommendationQuery.omit({ sort: true, cursor: true, limit: true });

export function recommendationRoutes(
  recommendations: Recommendations,
  decisions: Decisions,
  summary: ReturnType<typeof createSummary>,
  exports: Exports,
  events: Events,
): Route[] {
  return [
    workspaceRoute({
      method: 'GET',
      path: '/finops/recommendations',
      operationId: 'recommendationList',
      summary: 'List recommendations; without a status those that can be worked on',
      access: read,
      query: RecommendationQuery,
      answer: { status: 200, schema: RecommendationPage },
      handler: (context, { query }) => recommendations.list(scopeOf(context), viewerOf(context), query),
    }),
    workspaceRoute({
      method: 'GET',
      path: '/finops/recommendations/summary',
      operationId: 'savingsSummary',
      summary: 'Sum up what can be saved, what is saved, and what the bill will be',
      access: read,
      answer: { status: 200, schema: SavingsSummary },
      handler: (context) => summary(scopeOf(context), context.signal),
    }),
    workspaceRoute({
      method: 'GET',
      path: '/finops/recommendations/export.csv',
      operationId: 'recommendationExportCsv',
      summary: 'Download the found recommendations as a table',
      access: read,
      query: Filters,
      answer: { status: 200, download: 'text/csv' },
      handler: async (context, { query }) => exports.csv(scopeOf(context), viewerOf(context), query),
    }),
    workspaceRoute({
      method: 'GET',
      path: '/finops/recommendations/export.pdf',
      operationId: 'recommendationExportPdf',
      summary: 'Download the found recommendations as a document',
      access: read,
      query: Filters.extend({ locale: Locale.default('en') }),
      answer: { status: 200, download: 'application/pdf' },
      handler: (context, { query: { locale, ...filters } }) =>
        exports.pdf(
          scopeOf(context),
          viewerOf(context),
          filters,
          { organization: context.organization.name, workspace: context.workspace.name, locale },
          context.signal,
        ),
    }),
    workspaceRoute({
      method: 'GET',
      path: '/finops/recommendations/:recommendationId',
      operationId: 'recommendationGet',
      summary: 'Read a recommendation with its evidence',
      access: read,
      params,
      answer: { status: 200, schema: RecommendationDetail },
      problems: ['plan_required'],
      handler: (context, input) =>
        recommendations.get(scopeOf(context), viewerOf(context), input.params.recommendationId),
    }),
    workspaceRoute({
      method: 'POST',
      path: '/finops/recommendations/:recommendationId/dismiss',
      operationId: 'recommendationDismiss',
      summary: 'Dismiss a recommendation with a reason, for good or until a day',
      access: recommend,
      params,
      body: DismissBody,
      answer: { status: 200, schema: RecommendationDetail },
      problems: ['conflict', 'plan_required'],
      handler: (context, { params: { recommendationId }, body }) =>
        decisions.dismiss(scopeOf(context), viewerOf(context), actorOf(context), recommendationId, body),
    }),
    workspaceRoute({
      method: 'POST',
      path: '/finops/recommendations/:recommendationId/reopen',
      operationId: 'recommendationReopen',
      summary: 'Take a dismissal back',
      access: recommend,
      params,
      answer: { status: 200, schema: RecommendationDetail },
      problems: ['conflict', 'plan_required'],
      handler: (context, input) =>
        decisions.reopen(
          scopeOf(context),
          viewerOf(context),
          actorOf(context),
          input.params.recommendationId,
        ),
    }),
    workspaceRoute({
      method: 'POST',
      path: '/finops/recommendations/:recommendationId/assign',
      operationId: 'recommendationAssign',
      summary: 'Give a recommendation to a member, or to nobody',
      access: recommend,
      params,
      body: AssignBody,
      answer: { status: 200, schema: RecommendationDetail },
      problems: ['plan_required'],
      handler: (context, { params: { recommendationId }, body }) =>
        decisions.assign(scopeOf(context), viewerOf(context), actorOf(context), recommendationId, body),
    }),
    workspaceRoute({
      method: 'GET',
      path: '/finops/live',
      operationId: 'savingsLive',
      summary: 'Stream what moves: scans, recommendations and actions, as server-sent events',
      access: read,
      answer: { status: 200, live: true },
      handler: async (context): Promise<AsyncIterable<LiveEvent>> =>
        liveFeed(events, scopeOf(context), context.signal),
    }),
  ];
}
