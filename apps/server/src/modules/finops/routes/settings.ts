import { SavingsSettings } from '@cloudatlas/contracts/finops';
import { actorOf } from '#modules/audit/index.ts';
import { workspaceRoute, type Route } from '#platform/http/route.ts';
import type { RequireOrganizationWide } from '#modules/tenancy/index.ts';
import { scopeOf } from '../scope-of.ts';
import type { Settings } from '../settings/settings.ts';

export function settingsRoutes(
  settings: Settings,
  requireOrganizationWide: RequireOrganizationWide,
): Route[] {
  return [
    workspaceRoute({
      method: 'GET',
      path: '/finops/settings',
      operationId: 'savingsSettingsGet',
      summary: "Read the organization's settings over all rules",
      access: { permission: 'finops:read' },
      answer: { status: 200, schema: SavingsSettings },
      handler: (context) => settings.get(scopeOf(context)),
    }),
    workspaceRoute({
      method: 'PUT',
      path: '/finops/settings',
      operationId: 'savingsSettingsPut',
      summary: "Replace the organization's settings over all rules",
      access: { permission: 'finops:configure' },
      body: SavingsSettings,
      answer: { status: 200, schema: SavingsSettings },
      async handler(context, { body }) {
        await requireOrganizationWide(context);
        return settings.put(scopeOf(context), actorOf(context), body);
      },
    }),
  ];
}
