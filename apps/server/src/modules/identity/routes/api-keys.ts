import { Id, PageQuery } from '@cloudatlas/contracts/common';
import { ApiKeyList, CreateApiKeyBody, CreatedApiKey } from '@cloudatlas/contracts/identity';
import { z } from 'zod';
import { userRoute, type Route } from '#platform/http/route.ts';
import type { ApiKeyService } from '../services/api-keys.ts';
import { personOf } from './support.ts';

/** A person's API keys. An API key itself reaches none of these: a key cannot make keys. */
export function apiKeyRoutes(apiKeys: ApiKeyService): Route[] {
  return [
    userRoute({
      method: 'GET',
      path: '/me/api-keys',
      operationId: 'apiKeyList',
      summary: 'List own API keys, newest first',
      query: PageQuery,
      answer: { status: 200, schema: ApiKeyList },
      handler: ({ principal }, { query }) => apiKeys.list(principal.userId, query),
    }),
    userRoute({
      method: 'POST',
      path: '/me/api-keys',
      operationId: 'apiKeyCreate',
      summary: 'Create an API key for one organization; its secret is shown once',
      body: CreateApiKeyBody,
      answer: { status: 201, schema: CreatedApiKey },
      problems: ['not_found', 'forbidden', 'limit_reached'],
      handler: (context, { body }) => apiKeys.create(personOf(context), body, context),
    }),
    userRoute({
      method: 'DELETE',
      path: '/me/api-keys/:keyId',
      operationId: 'apiKeyDelete',
      summary: 'End an API key at once',
      params: z.object({ keyId: Id }),
      answer: { status: 204 },
      problems: ['not_found'],
      handler: (context, { params }) => apiKeys.remove(personOf(context), params.keyId, context),
    }),
  ];
}
