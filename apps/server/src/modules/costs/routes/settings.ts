import {
  CostSettings,
  ExchangeRateList,
  ExchangeRateQuery,
  PutExchangeRatesBody,
  RateImportResult,
} from '@cloudatlas/contracts/costs';
import { CreateSavedViewBody, SavedView, SavedViewList } from '@cloudatlas/contracts/saved-views';
import { z } from 'zod';
import { actorOf } from '#modules/audit/index.ts';
import type { RequireOrganizationWide } from '#modules/tenancy/index.ts';
import { workspaceRoute, type Route } from '#platform/http/route.ts';
import type { SavedViews } from '#platform/saved-views/saved-views.ts';
import { scopeOf } from '../scope-of.ts';
import type { Settings } from '../settings/settings.ts';

const maxRateBytes = 4_000_000;

/** @param everywhere for what holds in all workspaces of the organization */
export function settingsRoutes(
  settings: Settings,
  views: SavedViews,
  everywhere: RequireOrganizationWide,
): Route[] {
  return [
    workspaceRoute({
      method: 'GET',
      path: '/costs/settings',
      operationId: 'costSettingsGet',
      summary: 'Read the settings of the costs',
      access: { permission: 'costs:read' },
      answer: { status: 200, schema: CostSettings },
      handler: (context) => settings.get(scopeOf(context)),
    }),
    workspaceRoute({
      method: 'PUT',
      path: '/costs/settings',
      operationId: 'costSettingsPut',
      summary: 'Set display currency, closed months and how long costs are kept',
      access: { permission: 'costs:write' },
      body: CostSettings,
      answer: { status: 200, schema: CostSettings },
      handler: (context, { body }) => settings.put(scopeOf(context), actorOf(context), body),
    }),
    workspaceRoute({
      method: 'GET',
      path: '/costs/rates',
      operationId: 'costRateList',
      summary: "List the organization's exchange rates, newest first",
      access: { permission: 'costs:read' },
      query: ExchangeRateQuery,
      answer: { status: 200, schema: ExchangeRateList },
      handler: async (context, { query }) => ({ items: await settings.rates(scopeOf(context), query) }),
    }),
    workspaceRoute({
      method: 'PUT',
      path: '/costs/rates',
      operationId: 'costRatePut',
      summary: 'Set exchange rates; one of the same pair and day is replaced',
      access: { permission: 'costs:write' },
      body: PutExchangeRatesBody,
      answer: { status: 200, schema: ExchangeRateList },
      handler: async (context, { body }) => {
        await everywhere(context);
        return { items: await settings.putRates(scopeOf(context), actorOf(context), body.items) };
      },
    }),
    workspaceRoute({
      method: 'POST',
      path: '/costs/rates/import',
      operationId: 'costRateImport',
      summary: 'Import exchange rates from a CSV with the columns from, to, day, rate',
      access: { permission: 'costs:write' },
      upload: { contentTypes: ['text/csv'], maxBytes: maxRateBytes },
      answer: { status: 200, schema: RateImportResult },
      handler: async (context, { upload }) => {
        await everywhere(context);
        return settings.importRates(scopeOf(context), actorOf(context), upload);
      },
    }),
    workspaceRoute({
      method: 'DELETE',
      path: '/costs/rates/:rateId',
      operationId: 'costRateRemove',
      summary: 'Remove an exchange rate',
      access: { permission: 'costs:write' },
      params: z.object({ rateId: z.string().max(80) }),
      answer: { status: 204 },
      handler: async (context, { params }) => {
        await everywhere(context);
        await settings.removeRate(scopeOf(context), actorOf(context), params.rateId);
      },
    }),
    workspaceRoute({
      method: 'GET',
      path: '/costs/views',
      operationId: 'costViewList',
      summary: 'List saved views: own ones and shared ones',
      access: { permission: 'costs:read' },
      answer: { status: 200, schema: SavedViewList },
      handler: async (context) => ({
        items: await views.list(scopeOf(context), context.principal.userId),
      }),
    }),
    workspaceRoute({
      method: 'POST',
      path: '/costs/views',
      operationId: 'costViewCreate',
      summary: 'Save a view of the costs page',
      access: { permission: 'costs:read' },
      body: CreateSavedViewBody,
      answer: { status: 201, schema: SavedView },
      problems: ['limit_reached'],
      handler: (context, { body }) => views.create(scopeOf(context), context.principal.userId, body),
    }),
    workspaceRoute({
      method: 'DELETE',
      path: '/costs/views/:viewId',
      operationId: 'costViewRemove',
      summary: "Remove a saved view of one's own",
      access: { permission: 'costs:read' },
      params: z.object({ viewId: z.string().max(80) }),
      answer: { status: 204 },
      handler: (context, { params }) =>
        views.remove(scopeOf(context), context.principal.userId, params.viewId),
    }),
  ];
}
