import {
  ScheduleRun,
  ScheduleRunDetail,
  ScheduleRunList,
  ScheduleRunQuery,
} from '@cloudatlas/contracts/schedules';
import { z } from 'zod';
import { workspaceRoute, type Route } from '#platform/http/route.ts';
import { saverOf } from '../manage/acting.ts';
import type { Runs } from '../manage/runs.ts';
import { scopeOf } from '../scope-of.ts';

export function runRoutes(runs: Runs): Route[] {
  const params = z.object({ scheduleId: z.string().max(80) });
  return [
    workspaceRoute({
      method: 'GET',
      path: '/schedules/:scheduleId/runs',
      operationId: 'scheduleRunList',
      summary: 'List the runs of a schedule, newest first',
      access: { permission: 'schedules:read' },
      params,
      query: ScheduleRunQuery,
      answer: { status: 200, schema: ScheduleRunList },
      handler: (context, input) => runs.list(scopeOf(context), input.params.scheduleId, input.query),
    }),
    workspaceRoute({
      method: 'POST',
      path: '/schedules/:scheduleId/runs',
      operationId: 'scheduleRun',
      summary: 'Run a schedule now, whatever its days, holidays and overrides say',
      access: { permission: 'schedules:write', feature: 'schedules' },
      params,
      answer: { status: 202, schema: ScheduleRun },
      problems: ['conflict', 'plan_required'],
      handler: (context, input) => runs.runNow(scopeOf(context), saverOf(context), input.params.scheduleId),
    }),
    workspaceRoute({
      method: 'GET',
      path: '/schedule-runs/:runId',
      operationId: 'scheduleRunGet',
      summary: 'Read a run with what came of each resource',
      access: { permission: 'schedules:read' },
      params: z.object({ runId: z.string().max(80) }),
      answer: { status: 200, schema: ScheduleRunDetail },
      handler: (context, input) => runs.get(scopeOf(context), input.params.runId),
    }),
  ];
}
