import { PageQuery } from '@cloudatlas/contracts/common';
import {
  ConformanceQuery,
  ConformanceReport,
  CostImport,
  CostImportDetail,
  CostImportList,
  CreateImportBody,
  ReconciliationPage,
  ReconciliationQuery,
  UploadQuery,
  uploadTypes,
} from '@cloudatlas/contracts/cost-imports';
import { z } from 'zod';
import { actorOf } from '#modules/audit/index.ts';
import type { Events } from '#platform/events/events.ts';
import { workspaceRoute, type LiveEvent, type Route } from '#platform/http/route.ts';
import type { Imports } from '../imports/imports.ts';
import type { Proof } from '../imports/proof.ts';
import { liveFeed } from '../live.ts';
import { scopeOf } from '../scope-of.ts';

const params = z.object({ importId: z.string().max(80) });

export function importRoutes(
  imports: Imports,
  proof: Proof,
  events: Events,
  maxUploadBytes: number,
): Route[] {
  return [
    workspaceRoute({
      method: 'POST',
      path: '/costs/imports',
      operationId: 'costImportCreate',
      summary: 'Begin an import of FOCUS files; upload its files next',
      access: { permission: 'costs:write' },
      body: CreateImportBody,
      answer: { status: 201, schema: CostImport },
      handler: (context, { body }) =>
        imports.create(scopeOf(context), actorOf(context), { origin: 'upload', ...body }),
    }),
    workspaceRoute({
      method: 'PUT',
      path: '/costs/imports/:importId/files/:name',
      operationId: 'costImportUpload',
      summary: 'Upload a file of an import, or the rest of one from an offset on',
      access: { permission: 'costs:write' },
      params: params.extend({ name: z.string().max(300) }),
      query: UploadQuery,
      upload: { contentTypes: uploadTypes, maxBytes: maxUploadBytes },
      // A file in parts is many requests of one person.
      rateLimit: 'none',
      answer: { status: 200, schema: CostImport },
      problems: ['conflict', 'payload_too_large', 'unavailable'],
      handler: (context, input) =>
        imports.receive(
          scopeOf(context),
          input.params.importId,
          input.params.name,
          input.query,
          input.upload,
        ),
    }),
    workspaceRoute({
      method: 'POST',
      path: '/costs/imports/:importId/start',
      operationId: 'costImportStart',
      summary: 'Start an import whose files are all there',
      access: { permission: 'costs:write' },
      params,
      answer: { status: 202, schema: CostImport },
      problems: ['conflict'],
      handler: (context, input) => imports.start(scopeOf(context), actorOf(context), input.params.importId),
    }),
    workspaceRoute({
      method: 'GET',
      path: '/costs/imports',
      operationId: 'costImportList',
      summary: 'List imports, newest first',
      access: { permission: 'costs:read' },
      query: PageQuery,
      answer: { status: 200, schema: CostImportList },
      handler: (context, { query }) => imports.list(scopeOf(context), query),
    }),
    workspaceRoute({
      method: 'GET',
      path: '/costs/imports/:importId',
      operationId: 'costImportGet',
      summary: 'Read an import with its report',
      access: { permission: 'costs:read' },
      params,
      answer: { status: 200, schema: CostImportDetail },
      handler: (context, input) => imports.get(scopeOf(context), input.params.importId),
    }),
    workspaceRoute({
      method: 'GET',
      path: '/costs/imports/:importId/rejects',
      operationId: 'costImportRejects',
      summary: 'Download the refused rows of an import with the reasons',
      access: { permission: 'costs:read' },
      params,
      answer: { status: 200, download: 'text/csv' },
      handler: (context, input) => imports.rejects(scopeOf(context), input.params.importId),
    }),
    workspaceRoute({
      method: 'DELETE',
      path: '/costs/imports/:importId',
      operationId: 'costImportRemove',
      summary: 'Cancel an import, or remove the entry of one that has ended; imported costs stay',
      access: { permission: 'costs:write' },
      params,
      answer: { status: 204 },
      handler: (context, input) => imports.remove(scopeOf(context), actorOf(context), input.params.importId),
    }),
    workspaceRoute({
      method: 'GET',
      path: '/costs/reconciliation',
      operationId: 'costReconciliation',
      summary: 'Compare source and store per account and month, newest first',
      access: { permission: 'costs:read' },
      query: ReconciliationQuery,
      answer: { status: 200, schema: ReconciliationPage },
      handler: (context, { query }) => proof.reconciliation(scopeOf(context), query),
    }),
    workspaceRoute({
      method: 'POST',
      path: '/costs/reconciliation/verify',
      operationId: 'costVerify',
      summary: 'Read all stored files again and compare checksums and sums',
      access: { permission: 'costs:write' },
      answer: { status: 202, schema: z.object({}) },
      problems: ['conflict'],
      handler: (context) => proof.requestVerify(scopeOf(context), actorOf(context)),
    }),
    workspaceRoute({
      method: 'GET',
      path: '/costs/conformance',
      operationId: 'costConformance',
      summary: "Check a month against the FOCUS specification's rules",
      access: { permission: 'costs:read' },
      query: ConformanceQuery,
      answer: { status: 200, schema: ConformanceReport },
      handler: (context, { query }) => proof.conformance(scopeOf(context), query, context.signal),
    }),
    workspaceRoute({
      method: 'GET',
      path: '/costs/live',
      operationId: 'costLive',
      summary: "Stream what moves in this workspace's costs, as server-sent events",
      access: { permission: 'costs:read' },
      answer: { status: 200, live: true },
      handler: async (context): Promise<AsyncIterable<LiveEvent>> =>
        liveFeed(events, scopeOf(context), context.signal),
    }),
  ];
}
