import {
  AccessTemplates,
  AccessTemplatesBody,
  AccountCheck,
  AccountTest,
  CheckAccountBody,
  CloudAccount,
  CloudAccountList,
  CloudProviderList,
  ConnectAccountBody,
  DeleteAccountBody,
  PriceList,
  PutPriceListBody,
  RotateCredentialsBody,
  UpdateAccountBody,
} from '@cloudatlas/contracts/accounts';
import { PageQuery } from '@cloudatlas/contracts/common';
import { z } from 'zod';
import { actorOf } from '#modules/audit/index.ts';
import type { WorkspaceContext } from '#platform/http/context.ts';
import { organizationRoute, workspaceRoute, type Route } from '#platform/http/route.ts';
import type { createCatalogue } from './services/catalogue.ts';
import type { createAccounts } from './service.ts';
import type { createPrices } from './services/prices.ts';
import type { WorkspaceRef } from './services/types.ts';

const params = z.object({ accountId: z.string().max(80) });

const priceParams = z.object({ provider: z.string().max(20) });

function scopeOf({ organization, workspace }: WorkspaceContext): WorkspaceRef {
  return { organizationId: organization.organizationId, workspaceId: workspace.workspaceId };
}

export function accountRoutes(
  accounts: ReturnType<typeof createAccounts>,
  catalogue: ReturnType<typeof createCatalogue>,
  prices: ReturnType<typeof createPrices>,
): Route[] {
  return [
    organizationRoute({
      method: 'GET',
      path: '/price-lists/:provider',
      operationId: 'priceListGet',
      summary: "Read what a seat costs a month: the provider's list and the organization's own prices",
      access: { permission: 'costs:read' },
      params: priceParams,
      answer: { status: 200, schema: PriceList },
      handler: ({ organization }, { params: { provider } }) => prices.get(organization, provider),
    }),
    organizationRoute({
      method: 'PUT',
      path: '/price-lists/:provider',
      operationId: 'priceListPut',
      summary: "Replace the organization's own seat prices",
      access: { permission: 'costs:write' },
      params: priceParams,
      body: PutPriceListBody,
      answer: { status: 200, schema: PriceList },
      problems: ['plan_required'],
      handler: (context, { params: { provider }, body }) =>
        prices.put(context.organization, actorOf(context), provider, body),
    }),
    organizationRoute({
      method: 'DELETE',
      path: '/price-lists/:provider',
      operationId: 'priceListReset',
      summary: "Return to the provider's list prices",
      access: { permission: 'costs:write' },
      params: priceParams,
      answer: { status: 204 },
      handler: (context, { params: { provider } }) =>
        prices.reset(context.organization, actorOf(context), provider),
    }),
    workspaceRoute({
      method: 'GET',
      path: '/providers',
      operationId: 'providerList',
      summary: 'List the cloud providers that can be connected, with their credential forms',
      access: { permission: 'accounts:read' },
      answer: { status: 200, schema: CloudProviderList },
      handler: async () => ({ items: await catalogue.providers() }),
    }),
    workspaceRoute({
      method: 'GET',
      path: '/accounts',
      operationId: 'accountList',
      summary: 'List connected cloud accounts',
      access: { permission: 'accounts:read' },
      query: PageQuery,
      answer: { status: 200, schema: CloudAccountList },
      handler: (context, { query }) => accounts.list(scopeOf(context), query),
    }),
    workspaceRoute({
      method: 'POST',
      path: '/accounts/check',
      operationId: 'accountCheck',
      summary: 'Try credentials without storing them',
      access: { permission: 'accounts:write' },
      body: CheckAccountBody,
      answer: { status: 200, schema: AccountCheck },
      problems: ['provider_denied', 'provider_error'],
      handler: (context, { body }) =>
        accounts.check(scopeOf(context), actorOf(context), { ...body, signal: context.signal }),
    }),
    workspaceRoute({
      method: 'POST',
      path: '/accounts/access-templates',
      operationId: 'accountAccessTemplates',
      summary: 'Make the least-privilege policies and roles to copy',
      access: { permission: 'accounts:write' },
      body: AccessTemplatesBody,
      rateLimit: 'none',
      answer: { status: 200, schema: AccessTemplates },
      handler: (context, { body }) => catalogue.accessTemplates(context.workspace.workspaceId, body),
    }),
    workspaceRoute({
      method: 'POST',
      path: '/accounts',
      operationId: 'accountConnect',
      summary: 'Connect a cloud account',
      access: { permission: 'accounts:write', limit: 'cloud_accounts' },
      body: ConnectAccountBody,
      answer: { status: 201, schema: CloudAccount },
      problems: ['provider_denied', 'provider_error', 'already_exists', 'limit_reached', 'plan_required'],
      handler: (context, { body }) =>
        accounts.connect(scopeOf(context), actorOf(context), { ...body, signal: context.signal }),
    }),
    workspaceRoute({
      method: 'GET',
      path: '/accounts/:accountId',
      operationId: 'accountGet',
      summary: 'Read an account with the permissions found at its last test',
      access: { permission: 'accounts:read' },
      params,
      answer: { status: 200, schema: AccountTest },
      handler: (context, input) => accounts.get(scopeOf(context), input.params.accountId),
    }),
    workspaceRoute({
      method: 'PATCH',
      path: '/accounts/:accountId',
      operationId: 'accountUpdate',
      summary: 'Rename, enable or disable an account, or change what CloudAtlas may do with it',
      access: { permission: 'accounts:write' },
      params,
      body: UpdateAccountBody,
      answer: { status: 200, schema: CloudAccount },
      handler: (context, { params: { accountId }, body }) =>
        accounts.update(scopeOf(context), actorOf(context), accountId, body),
    }),
    workspaceRoute({
      method: 'PUT',
      path: '/accounts/:accountId/credentials',
      operationId: 'accountRotateCredentials',
      summary: "Replace an account's credentials",
      access: { permission: 'accounts:write' },
      params,
      body: RotateCredentialsBody,
      answer: { status: 200, schema: CloudAccount },
      problems: ['provider_denied', 'provider_error'],
      handler: (context, { params: { accountId }, body }) =>
        accounts.rotate(scopeOf(context), actorOf(context), accountId, body.credentials, context.signal),
    }),
    workspaceRoute({
      method: 'POST',
      path: '/accounts/:accountId/test',
      operationId: 'accountTest',
      summary: 'Ask the provider again what the credentials may do',
      access: { permission: 'accounts:write' },
      params,
      answer: { status: 200, schema: AccountTest },
      handler: (context, input) =>
        accounts.test(scopeOf(context), actorOf(context), input.params.accountId, context.signal),
    }),
    workspaceRoute({
      method: 'DELETE',
      path: '/accounts/:accountId',
      operationId: 'accountRemove',
      summary: 'Disconnect an account and forget its credentials',
      access: { permission: 'accounts:write' },
      params,
      body: DeleteAccountBody,
      answer: { status: 204 },
      handler: (context, { params: { accountId }, body }) =>
        accounts.remove(scopeOf(context), actorOf(context), accountId, body.confirm),
    }),
  ];
}
