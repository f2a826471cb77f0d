import {
  ActionDetail,
  ActionPage,
  ActionPlanView,
  ActionQuery,
  ApplyBody,
  BulkApplyBody,
  BulkBody,
  BulkPreview,
  BulkResult,
  DecisionBody,
  RealisedSavings,
} from '@cloudatlas/contracts/finops-actions';
import { z } from 'zod';
import { workspaceRoute, type Route } from '#platform/http/route.ts';
import type { createDecisions } from '../actions/decide.ts';
import type { createDesk } from '../actions/desk.ts';
import type { createActionList } from '../actions/list.ts';
import type { createRealised } from '../actions/realised.ts';
import { scopeOf } from '../scope-of.ts';

const action = z.object({ actionId: z.string().max(80) });
const recommendation = z.object({ recommendationId: z.string().max(80) });
const read = { permission: 'finops:read' } as const;
const apply = { permission: 'finops:apply', feature: 'finops.apply' } as const;
const approve = { permission: 'finops:approve', feature: 'finops.approval' } as const;
// Ways out stay open after a downgrade: what was begun under a larger plan can be refused and taken back.
const reject = { permission: 'finops:approve' } as const;
const undo = { permission: 'finops:apply' } as const;
const withdraw = { permission: 'finops:apply' } as const;

export function actionRoutes(
  desk: ReturnType<typeof createDesk>,
  decisions: ReturnType<typeof createDecisions>,
  actions: ReturnType<typeof createActionList>,
  realised: ReturnType<typeof createRealised>,
): Route[] {
  return [
    workspaceRoute({
      method: 'GET',
      path: '/finops/recommendations/:recommendationId/plan',
      operationId: 'recommendationPlan',
      summary: 'Show the exact calls that applying a recommendation makes, without making any',
      access: { ...read, feature: 'finops.apply' },
      params: recommendation,
      answer: { status: 200, schema: ActionPlanView },
      problems: ['conflict'],
      handler: (context, { params }) => desk.plan(context, params.recommendationId),
    }),
    workspaceRoute({
      method: 'POST',
      path: '/finops/recommendations/:recommendationId/apply',
      operationId: 'recommendationApply',
      summary: 'Apply a recommendation at the provider',
      access: apply,
      params: recommendation,
      body: ApplyBody,
      answer: { status: 202, schema: ActionDetail },
      problems: ['conflict', 'idempotency_mismatch'],
      handler: (context, { params, body }) => desk.apply(context, params.recommendationId, body),
    }),
    workspaceRoute({
      method: 'POST',
      path: '/finops/bulk/preview',
      operationId: 'recommendationBulkPreview',
      summary: 'Show what applying several recommendations would do',
      access: apply,
      body: BulkBody,
      rateLimit: 'none',
      answer: { status: 200, schema: BulkPreview },
      handler: (context, { body }) => desk.preview(context, body.recommendationIds),
    }),
    workspaceRoute({
      method: 'POST',
      path: '/finops/bulk/apply',
      operationId: 'recommendationBulkApply',
      summary: 'Apply several recommendations within limits',
      access: apply,
      body: BulkApplyBody,
      answer: { status: 202, schema: BulkResult },
      handler: (context, { body }) => desk.bulk(context, body),
    }),
    workspaceRoute({
      method: 'GET',
      path: '/finops/actions',
      operationId: 'savingsActionList',
      summary: 'List what was done about recommendations, newest first',
      access: read,
      query: ActionQuery,
      answer: { status: 200, schema: ActionPage },
      handler: (context, { query }) => actions.list(scopeOf(context), query),
    }),
    workspaceRoute({
      method: 'GET',
      path: '/finops/actions/:actionId',
      operationId: 'savingsActionGet',
      summary: 'Read an action with its calls',
      access: read,
      params: action,
      answer: { status: 200, schema: ActionDetail },
      async handler(context, { params }) {
        const found = await actions.get(scopeOf(context), params.actionId);
        // A captured configuration is a page of the inventory, which not everybody who sees savings may read.
        return context.organization.permissions.has('resources:read') ? found : { ...found, before: null };
      },
    }),
    workspaceRoute({
      method: 'POST',
      path: '/finops/actions/:actionId/undo',
      operationId: 'savingsActionUndo',
      summary: 'Take an action back',
      access: undo,
      params: action,
      answer: { status: 202, schema: ActionDetail },
      problems: ['conflict'],
      handler: (context, { params }) => decisions.undo(context, params.actionId),
    }),
    workspaceRoute({
      method: 'POST',
      path: '/finops/actions/:actionId/approve',
      operationId: 'savingsActionApprove',
      summary: 'Approve an action that another person asked for',
      access: approve,
      params: action,
      body: DecisionBody,
      answer: { status: 200, schema: ActionDetail },
      problems: ['conflict'],
      handler: (context, { params, body }) => decisions.approve(context, params.actionId, body.note),
    }),
    workspaceRoute({
      method: 'POST',
      path: '/finops/actions/:actionId/reject',
      operationId: 'savingsActionReject',
      summary: 'Reject an action that waits for a decision',
      access: reject,
      params: action,
      body: DecisionBody,
      answer: { status: 200, schema: ActionDetail },
      problems: ['conflict'],
      handler: (context, { params, body }) => decisions.reject(context, params.actionId, body.note),
    }),
    workspaceRoute({
      method: 'POST',
      path: '/finops/actions/:actionId/withdraw',
      operationId: 'savingsActionWithdraw',
      summary: 'Take back one’s own request that waits for a decision',
      access: withdraw,
      params: action,
      answer: { status: 200, schema: ActionDetail },
      problems: ['conflict'],
      handler: (context, { params }) => decisions.withdraw(context, params.actionId),
    }),
    workspaceRoute({
      method: 'GET',
      path: '/finops/realised',
      operationId: 'savingsRealised',
      summary: 'Read the savings measured from later costs, by month',
      access: read,
      answer: { status: 200, schema: RealisedSavings },
      handler: (context) => realised.answer(scopeOf(context)),
    }),
  ];
}
