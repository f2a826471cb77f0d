import { RuleBody, RuleList, RuleView } from '@cloudatlas/contracts/finops';
import { z } from 'zod';
import { actorOf } from '#modules/audit/index.ts';
import { workspaceRoute, type Route } from '#platform/http/route.ts';
import type { RequireOrganizationWide } from '#modules/tenancy/index.ts';
import { scopeOf } from '../scope-of.ts';
import { presentRule, type Settings } from '../settings/settings.ts';

export function ruleRoutes(settings: Settings, requireOrganizationWide: RequireOrganizationWide): Route[] {
  return [
    workspaceRoute({
      method: 'GET',
      path: '/finops/rules',
      operationId: 'savingsRuleList',
      summary: 'List the rules with what the organization set',
      access: { permission: 'finops:read' },
      answer: { status: 200, schema: RuleList },
      async handler(context) {
        return { items: (await settings.rules(scopeOf(context))).map(presentRule) };
      },
    }),
    workspaceRoute({
      method: 'PATCH',
      path: '/finops/rules/:ruleId',
      operationId: 'savingsRuleUpdate',
      summary: 'Switch a rule on or off, snooze it, or set its parameters',
      access: { permission: 'finops:configure' },
      params: z.object({ ruleId: z.string().max(80) }),
      body: RuleBody,
      answer: { status: 200, schema: RuleView },
      async handler(context, { params, body }) {
        await requireOrganizationWide(context);
        return settings.putRule(scopeOf(context), actorOf(context), params.ruleId, body);
      },
    }),
  ];
}
