import {
  ApprovalSettings,
  AutomationPolicy,
  AutomationPolicyBody,
  AutomationPolicyChange,
  AutomationPolicyList,
} from '@cloudatlas/contracts/finops-actions';
import { z } from 'zod';
import { workspaceRoute, type Route } from '#platform/http/route.ts';
import type { createApprovals } from '../actions/approvals.ts';
import type { createPolicies } from '../actions/policies.ts';
import type { RequireOrganizationWide } from '#modules/tenancy/index.ts';
import { scopeOf } from '../scope-of.ts';

const policy = z.object({ policyId: z.string().max(80) });
const read = { permission: 'finops:read' } as const;
const configure = { permission: 'finops:configure', feature: 'finops.automatic_apply' } as const;

export function policyRoutes(
  policies: ReturnType<typeof createPolicies>,
  approvals: ReturnType<typeof createApprovals>,
  requireOrganizationWide: RequireOrganizationWide,
): Route[] {
  return [
    workspaceRoute({
      method: 'GET',
      path: '/finops/policies',
      operationId: 'savingsPolicyList',
      summary: 'List the policies by which recommendations are applied automatically',
      access: read,
      answer: { status: 200, schema: AutomationPolicyList },
      handler: async (context) => ({ items: await policies.list(scopeOf(context)) }),
    }),
    workspaceRoute({
      method: 'POST',
      path: '/finops/policies',
      operationId: 'savingsPolicyCreate',
      summary: 'Create a policy of automatic application',
      access: configure,
      body: AutomationPolicyBody,
      answer: { status: 201, schema: AutomationPolicy },
      handler: (context, { body }) => policies.create(context, body),
    }),
    workspaceRoute({
      method: 'PATCH',
      path: '/finops/policies/:policyId',
      operationId: 'savingsPolicyUpdate',
      summary: 'Change a policy of automatic application',
      access: configure,
      params: policy,
      body: AutomationPolicyChange,
      answer: { status: 200, schema: AutomationPolicy },
      handler: (context, { params, body }) => policies.update(context, params.policyId, body),
    }),
    workspaceRoute({
      method: 'DELETE',
      path: '/finops/policies/:policyId',
      operationId: 'savingsPolicyDelete',
      summary: 'Delete a policy of automatic application',
      access: configure,
      params: policy,
      answer: { status: 204 },
      handler: (context, { params }) => policies.remove(context, params.policyId),
    }),
    workspaceRoute({
      method: 'GET',
      path: '/finops/approval',
      operationId: 'savingsApprovalGet',
      summary: 'Read which actions another person must approve',
      access: read,
      answer: { status: 200, schema: ApprovalSettings },
      handler: (context) => approvals.get(scopeOf(context)),
    }),
    workspaceRoute({
      method: 'PUT',
      path: '/finops/approval',
      operationId: 'savingsApprovalPut',
      summary: 'Choose which actions another person must approve',
      access: { permission: 'finops:configure', feature: 'finops.approval' },
      body: ApprovalSettings,
      answer: { status: 200, schema: ApprovalSettings },
      async handler(context, { body }) {
        await requireOrganizationWide(context);
        return approvals.put(context, body);
      },
    }),
  ];
}
