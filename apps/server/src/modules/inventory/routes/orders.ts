import {
  CreatableEstimateBody,
  CreatableList,
  CreatableOptions,
  CreatableOptionsBody,
  CostEstimate,
  CreateBody,
  OperateBody,
  OperateResult,
  Order,
  OrderList,
  OrderQuery,
} from '@cloudatlas/contracts/inventory';
import type { Connection } from '@cloudatlas/cloud/contract';
import { CloudError } from '@cloudatlas/cloud/errors';
import { loadProvider } from '@cloudatlas/cloud/registry';
import { z } from 'zod';
import { providerRefusal, type AccountsService } from '#modules/accounts/index.ts';
import { AppError } from '#platform/errors/app-error.ts';
import type { WorkspaceContext } from '#platform/http/context.ts';
import { workspaceRoute, type Route } from '#platform/http/route.ts';
import { ordererOf } from '../orders/orderer.ts';
import { usableAccount, type OrderDesk } from '../orders/place.ts';
import type { createOrderList } from '../orders/list.ts';
import { scopeOf } from '../scope-of.ts';

/** A form with a file of 50 MiB inside it as base64, a third longer. */
const maxCreationBytes = 72 * 1024 * 1024;

export function orderRoutes(
  desk: OrderDesk,
  orders: ReturnType<typeof createOrderList>,
  accounts: AccountsService,
): Route[] {
  /** Asks the provider on behalf of a form; what it refuses in the input is named by field. */
  async function asking<R>(
    context: WorkspaceContext,
    accountId: string,
    work: (connection: Connection) => Promise<R>,
  ): Promise<R> {
    const scope = scopeOf(context);
    const account = await usableAccount(accounts, scope, accountId, 'create');
    try {
      return await accounts.withConnection(scope, account.id, work);
    } catch (error) {
      if (!(error instanceof CloudError)) throw error;
      if (error.kind !== 'invalid_input') throw providerRefusal(error);
      const errors = (error.problem.fields ?? []).map((field) => ({
        path: `body.input.${field.field}`,
        code: 'invalid',
        message: field.message,
      }));
      throw new AppError('validation_failed', error.message, { errors });
    }
  }

  return [
    workspaceRoute({
      method: 'GET',
      path: '/orders',
      operationId: 'orderList',
      summary: 'List orders to act on or create resources, newest first',
      access: { permission: 'resources:read' },
      query: OrderQuery,
      answer: { status: 200, schema: OrderList },
      handler: (context, { query }) => orders.list(scopeOf(context), query),
    }),
    workspaceRoute({
      method: 'GET',
      path: '/orders/:orderId',
      operationId: 'orderGet',
      summary: 'Read an order',
      access: { permission: 'resources:read' },
      params: z.object({ orderId: z.string().max(80) }),
      answer: { status: 200, schema: Order },
      handler: (context, { params }) => orders.get(scopeOf(context), params.orderId),
    }),
    workspaceRoute({
      method: 'POST',
      path: '/operations',
      operationId: 'resourceOperate',
      summary: 'Start, stop, tag, resize or delete resources',
      access: { permission: 'resources:operate' },
      body: OperateBody,
      answer: { status: 202, schema: OperateResult },
      handler: (context, { body }) => desk.operate(ordererOf(context), body),
    }),
    workspaceRoute({
      method: 'GET',
      path: '/creatables',
      operationId: 'creatableList',
      summary: 'List what can be created in the connected accounts, with the forms',
      access: { permission: 'resources:read' },
      answer: { status: 200, schema: CreatableList },
      async handler(context) {
        const scope = scopeOf(context);
        const connected = new Set(
          (await accounts.listFacts(scope, scope.workspaceId)).map((account) => account.provider),
        );
        const providers = await Promise.all([...connected].toSorted().map(loadProvider));
        return {
          items: providers.flatMap((provider) =>
            provider.creatables.map(({ id, type, label, fields, dryRun }) => ({
              id,
              provider: provider.id,
              type,
              label,
              fields: [...fields],
              dryRun,
            })),
          ),
        };
      },
    }),
    workspaceRoute({
      method: 'POST',
      path: '/creatables/options',
      operationId: 'creatableOptions',
      summary: 'List the choices of one field of a form, from the account',
      access: { permission: 'resources:create' },
      body: CreatableOptionsBody,
      rateLimit: 'none',
      answer: { status: 200, schema: CreatableOptions },
      problems: ['provider_denied', 'provider_error'],
      handler: async (context, { body }) => ({
        items: [
          ...(await asking(context, body.accountId, (connection) =>
            connection.options({ ...body, signal: context.signal }),
          )),
        ],
      }),
    }),
    workspaceRoute({
      method: 'POST',
      path: '/creatables/estimate',
      operationId: 'creatableEstimate',
      summary: 'Estimate what a form would cost per month',
      access: { permission: 'resources:create' },
      body: CreatableEstimateBody,
      rateLimit: 'none',
      answer: { status: 200, schema: CostEstimate },
      problems: ['provider_denied', 'provider_error'],
      handler: (context, { body }) =>
        asking(context, body.accountId, (connection) =>
          connection.estimate({ ...body, signal: context.signal }),
        ),
    }),
    workspaceRoute({
      method: 'POST',
      path: '/creations',
      operationId: 'resourceCreate',
      summary: 'Create a resource in an account',
      access: { permission: 'resources:create' },
      body: CreateBody,
      maxBodyBytes: maxCreationBytes,
      answer: { status: 202, schema: Order },
      problems: ['idempotency_mismatch'],
      handler: (context, { body }) => desk.create(ordererOf(context), body),
    }),
  ];
}
